import {countingDecision, firstOf} from '../session/approval-reader.ts';
import {callsOf, isUnanswered} from '../session/open-answers.ts';
import type {SessionSnapshot} from '../session/snapshot.ts';
import type {AskFacts} from './ask-facts.ts';

/** An answer that an agent is to be told of. */
export interface Answered {
  readonly eventId: string;
  /** The message that asked. */
  readonly messageId: string;
  readonly runId: string;
}

/** An answer that no agent has gone on after. */
export interface OpenAnswer extends Answered {
  /** Whether its run waits for nobody else, so that it is for the agent to go on. */
  readonly isLast: boolean;
}

/** For each suspended run the newest answer that counts, where no agent has gone on since. */
export function openAnswers({messages, runs, approvals}: Pick<SessionSnapshot, 'messages' | 'runs' | 'approvals'>, facts: AskFacts): readonly OpenAnswer[] {
  return runs.flatMap(({runId, status}) => {
    if (status !== 'suspended' || runId === undefined) return [];
    const calls = callsOf(runId, messages);
    const answers = calls.flatMap(({messageId, part: {toolCallId}}) => {
      const approval = approvals.find((candidate) => candidate.toolCallId === toolCallId);
      const decision = countingDecision(facts.decisionsOn(toolCallId), approval?.refused ?? []);
      const result = firstOf(facts.resultsOf(toolCallId));
      return [decision, result].flatMap((answer) => answer?.eventId === undefined ? [] : [{serial: answer.serial, eventId: answer.eventId, messageId}]);
    });
    const newest = answers.sort((one, other) => (one.serial < other.serial ? -1 : 1)).at(-1);
    if (!newest || facts.isResumedSince(runId, newest.serial)) return [];
    const isLast = !calls.some(({part}) => {
      const {toolCallId} = part;
      if (facts.resultsOf(toolCallId).length > 0) return false;
      // A page is at work on it.
      return facts.claimsOf(toolCallId).length > 0 || isUnanswered(part, approvals);
    });
    return [{eventId: newest.eventId, messageId: newest.messageId, runId, isLast}];
  });
}
