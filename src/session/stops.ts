import {isRunning, type RunSnapshot, type SessionSnapshot} from './snapshot.ts';

/** Whether a stop that names the run can reach it: also one that waits for somebody, and again where no agent has confirmed it. */
export function isStoppable(run: RunSnapshot): boolean {
  return isRunning(run) || run.status === 'suspended';
}

/** The runs to cancel before something else is said, or answered, in a message's place: what runs, and what waits in what is left. */
export function runsToLeave(messageId: string, {messages, runs}: Pick<SessionSnapshot, 'messages' | 'runs'>): readonly RunSnapshot[] {
  const index = messages.findIndex(({id}) => id === messageId);
  const left = index === -1 ? [] : messages.slice(index);
  const ids = new Set(left.map(({id}) => id));
  const isLeft = ({inputId, runId}: RunSnapshot): boolean => (inputId !== undefined && ids.has(inputId)) || (runId !== undefined && runId === left[0]?.runId);
  return runs.filter((run) => (isRunning(run) || (run.status === 'suspended' && isLeft(run))) && run.stop === undefined);
}
