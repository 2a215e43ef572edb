import type {AgentSessionElement} from 'agent-session-elements';

/** Lets the buttons above the input say what is on them. */
export function useStarters(): void {
  const session = document.querySelector<AgentSessionElement>('agent-session');
  for (const button of document.querySelectorAll('.starters button')) button.addEventListener('click', () => void say(session, button.textContent));
}

async function say(session: AgentSessionElement | null, text: string): Promise<void> {
  // The buttons are in the page before what they speak through.
  await customElements.whenDefined('agent-session');
  // A failure is shown by the chat itself.
  await session?.send(text).catch(() => undefined);
}
