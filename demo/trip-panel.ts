import {TripBoardElement} from './trip-board.ts';
import {type SharedState, tripOf} from './trip-state.ts';

/** Sets up the panel beside the chat: its cards, its form, and, where there is no room beside, that it folds. */
export function useTripPanel(): void {
  customElements.define('trip-board', TripBoardElement);
  const options = document.querySelector<SharedState>('shared-state#options');
  const selection = document.querySelector<SharedState>('shared-state#selection');
  const board = document.querySelector<TripBoardElement>('trip-board');
  if (board && options && selection) board.store = tripOf(options, selection);

  // The form has nothing to send: each field is shared as it is filled in.
  document.querySelector('form.trip-form')?.addEventListener('submit', (event) => event.preventDefault());

  const panel = document.querySelector<HTMLDetailsElement>('details.trip');
  const isWide = matchMedia('(min-width: 62rem)');
  const unfold = (): void => {
    if (panel) panel.open = isWide.matches;
  };
  isWide.addEventListener('change', unfold);
  unfold();
}
