import type {SessionMessage} from '../session/message.ts';
import type {Answers} from './answers.ts';
import type {Transcript} from './transcript.ts';
import type {Transport} from './transport.ts';

/**
 * Waits for an answer to the newest message, which may have been sent from elsewhere, or before a reload. Returns whether that
 * is news.
 */
export function expectAnswerToLast(answers: Answers, {messages, runs}: Transcript, {facts}: Transport): boolean {
  // A steer that is not sent yet may wait for that very answer.
  const last = messages.findLast(({steer, delivery}) => steer === undefined || delivery === 'sent');
  if (!last || !isOpen(last)) return false;
  // A run that is not in view has begun all the same.
  if (runs.some((run) => run.inputId === last.id) || facts.runsFor(last.id).size > 0) return false;
  return answers.suppose(last);
}

/** Whether a message asks for an answer of its own, and agents can read it. */
function isOpen({role, steer, runId, delivery}: SessionMessage): boolean {
  return role === 'user' && steer === undefined && runId === undefined && delivery === 'sent';
}
