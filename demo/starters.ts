import type {AgentSessionElement} from 'agent-session-elements';

/** Lets the buttons above the input say what is on them. */
export function useStarters(): void {
  const session = document.querySelector<AgentSessionElement>('agent-session');
  for (const button of document.querySelectorAll('.starters button')) {
    // A failure is shown by the chat itself.
    button.addEventListener('click', () => void session?.send(button.textContent).catch(() => undefined));
  }
}
