import type {Approval} from './approvals.ts';
import type {SessionMessage, ToolPart} from './message.ts';
import type {RunSnapshot} from './snapshot.ts';
import {isToolPart} from './tool-part.ts';

/** The tool calls that agents have made in a run, each with its message. */
export function callsOf(runId: string, messages: readonly SessionMessage[]): readonly {readonly messageId: string; readonly part: ToolPart}[] {
  return messages
    .filter((message) => message.runId === runId)
    .flatMap(({id: messageId, parts}) => parts.flatMap((part) => (isToolPart(part) && part.providerExecuted !== true ? [{messageId, part}] : [])));
}

/** Whether a call of a suspended run is still to be answered: by a person where one is asked, else by a page. */
export function isUnanswered({toolCallId, state}: ToolPart, approvals: readonly Approval[]): boolean {
  const approval = approvals.find((candidate) => candidate.toolCallId === toolCallId);
  if (approval) return approval.state === 'pending' || approval.state === 'deciding';
  return state === 'input-available' || state === 'approval-requested';
}

/** Runs as they are, but for what is known of those that wait; those of which nothing is new are the same objects. */
export function withAnswers(runs: readonly RunSnapshot[], answersOf: (run: RunSnapshot, runId: string) => Pick<RunSnapshot, 'isAnswered' | 'error'>): readonly RunSnapshot[] {
  if (!runs.some(({status}) => status === 'suspended')) return runs;
  return runs.map((run) => {
    if (run.status !== 'suspended' || run.runId === undefined) return run;
    const {isAnswered, error} = answersOf(run, run.runId);
    return isAnswered === run.isAnswered && error === run.error ? run : {...run, isAnswered, error};
  });
}
