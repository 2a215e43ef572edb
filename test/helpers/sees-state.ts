import type {LiveState, LiveStateSnapshot} from '../../src/session/live-state.ts';

/** Waits until a shared state is as a test wants it; a hung wait is ended by the runner. */
export function seesState(state: LiveState, condition: (snapshot: LiveStateSnapshot) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!condition(state.snapshot)) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = state.subscribe(check);
    check();
  });
}
