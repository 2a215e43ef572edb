import type {Decision} from 'agent-session-elements/agent';
import {asSchema, type UIMessageChunk} from 'ai';
import type {ChannelLog} from './channel-log.ts';
import type {CallResult, Run} from './conversation.ts';
import {causeOf} from './failure.ts';
import {type OpenCall, openCallsOf, pageResultsOf} from './open-calls.ts';
import type {AgentTools} from './tools.ts';
import {chunks, piece} from './write.ts';

/** What is to be done for a suspended run, now that somebody has said something about its calls. */
export interface Due {
  /** What pages gave for calls that were left to them, by the calls' ids. */
  readonly given: ReadonlyMap<string, CallResult>;
  /** Calls that were approved and are to be carried out. */
  readonly approved: readonly (OpenCall & {readonly decision: Decision})[];
  /** Calls that were denied. */
  readonly denied: readonly (OpenCall & {readonly decision: Decision})[];
  /** Decisions of people who may not decide. */
  readonly toRefuse: readonly {readonly toolCallId: string; readonly clientId: string | undefined}[];
  /** Whether something is left to wait for. */
  readonly isWaiting: boolean;
}

/** Looks through the open calls of a run. Undefined while there is nothing to do but wait. */
export function dueOf(calls: readonly OpenCall[], given: ReadonlyMap<string, CallResult>): Due | undefined {
  const decided = calls.filter((call): call is OpenCall & {decision: Decision} => call.decision !== undefined);
  const due: Due = {
    given,
    approved: decided.filter(({decision}) => decision.approved),
    denied: decided.filter(({decision}) => !decision.approved),
    toRefuse: calls.flatMap(({toolCallId, toRefuse}) => toRefuse.map((clientId) => ({toolCallId, clientId}))),
    isWaiting: decided.length < calls.length,
  };
  return due.isWaiting && due.approved.length === 0 && due.toRefuse.length === 0 ? undefined : due;
}

/** The event id of the newest input of a suspended run for which something is due: what to wake an agent with. */
export function dueInputOf(log: ChannelLog, runId: string): string | undefined {
  const node = log.tree.getRunNode(runId);
  if (!node || !dueOf(openCallsOf(log, node), pageResultsOf(log, node))) return undefined;
  return log.inputs().findLast((input) => input.runId === runId)?.eventId;
}

/** Does what is due, and tells the channel. Gives what came of the calls, by their ids. */
export async function settle(run: Run, {given, approved, denied, toRefuse}: Due, tools: AgentTools): Promise<Map<string, CallResult>> {
  const results = new Map(given);
  for (const {toolCallId, clientId} of toRefuse) await run.pipe(chunks(refusalPart(toolCallId, clientId)));
  for (const {toolCallId, decision} of denied) results.set(toolCallId, {errorText: denialText(decision)});
  for (const call of approved) {
    const result = await carryOut(call, tools, run.abortSignal);
    results.set(call.toolCallId, result);
    await run.pipe(piece(outputPart(call.toolCallId, result)));
  }
  return results;
}

async function carryOut({toolCallId, toolName, input: proposed, decision}: Due['approved'][number], tools: AgentTools, signal: AbortSignal): Promise<CallResult> {
  const asked = tools.asks[toolName];
  const schema = tools.set[toolName]?.inputSchema;
  try {
    if (!asked || schema === undefined) throw new Error(`there is no tool ${toolName} any more`);
    // A person may have changed anything, and a page may send anything.
    const checked = await asSchema<unknown>(schema).validate?.(decision.input === undefined ? proposed : decision.input);
    if (checked?.success === false) throw new Error(`what was approved is not valid: ${causeOf(checked.error)}`);
    const input = checked?.value ?? proposed;
    return {input, output: await asked.carryOut(input, {decision, toolCallId, signal})};
  } catch (error) {
    return {errorText: causeOf(error)};
  }
}

function refusalPart(toolCallId: string, clientId: string | undefined): UIMessageChunk {
  const data = {toolCallId, clientId, reason: `${clientId ?? 'Who is not known'} may not decide this.`};
  return {type: 'data-approval-refused', id: `refused-${toolCallId}-${clientId ?? ''}`, data};
}

/** What the model is told, in words that it can answer to. */
function denialText({clientId, reason}: Decision): string {
  const who = clientId ?? 'A person';
  return reason === undefined || reason === '' ? `Denied by ${who}.` : `Denied by ${who}: ${reason}`;
}

function outputPart(toolCallId: string, result: CallResult): UIMessageChunk {
  return 'errorText' in result ? {type: 'tool-output-error', toolCallId, errorText: result.errorText} : {type: 'tool-output-available', toolCallId, output: result.output};
}
