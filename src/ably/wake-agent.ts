import {SessionError} from '../session/errors.ts';
import type {Invocation, SessionSettings, WakeContext} from '../session/settings.ts';

type WakeSettings = Pick<SessionSettings, 'agentUrl' | 'wakeAgent' | 'requestHeaders'>;

/**
 * Tells the agent that a message waits for it: by the page's `wakeAgent`, or by a POST of AI Transport's invocation to
 * `agentUrl`. Without either, agents are expected to watch the channel themselves.
 * @throws {SessionError} of kind `agent` when it could not be told.
 */
export async function wakeAgent(invocation: Invocation, settings: WakeSettings, context: Omit<WakeContext, 'agentUrl'>): Promise<void> {
  const {agentUrl, wakeAgent: wake} = settings;
  if (wake) {
    try {
      await wake(invocation, {...context, agentUrl});
    } catch (cause) {
      throw agentError(`The agent could not be told of the message: ${reasonOf(cause)}.`, 'See what wakeAgent reports.', cause);
    }
  } else if (agentUrl !== undefined) {
    await post(agentUrl, invocation, settings.requestHeaders);
  }
}

async function post(url: string, invocation: Invocation, headers: WakeSettings['requestHeaders']): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {'content-type': 'application/json', ...(typeof headers === 'function' ? await headers() : headers)},
      body: JSON.stringify(invocation),
      // The request outlives the page and the session: who sends and reloads at once still gets an answer.
      keepalive: true,
    });
  } catch (cause) {
    throw agentError(`The agent at ${url} cannot be reached: ${reasonOf(cause)}.`, 'See that it runs and allows requests from this page, then try again.', cause);
  }
  // An endpoint may hold the body open until its run ends, and end the run when nobody reads on: read, and drop.
  void response.text().catch(() => undefined);
  if (response.ok) return;
  throw agentError(`The agent at ${url} answered ${response.status}${response.statusText && ` ${response.statusText}`}.`, "See the agent's log for the reason, then try again.");
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function agentError(message: string, hint: string, cause?: unknown): SessionError {
  return new SessionError(message, {kind: 'agent', hint, cause});
}
