// An agent in Node.
import {createAgentSession} from '@ably/ai-transport/vercel';
import {announce, createProgress, someonePresent} from 'agent-session-elements/agent';
import type * as Ably from 'ably';

declare const client: Ably.Realtime;
const session = createAgentSession({client, channelName: 'conversations:lisbon'});
await announce(session, {runId: 'run-1'}, async (announcement) => {
  announcement.set('thinking');
  // @ts-expect-error: not a status
  announcement.set('sleeping');
  const task = createProgress(session, {agent: 'flights'}).task({label: 'Searching', max: 8});
  task.update({value: 1});
  // @ts-expect-error: how much is done is a number
  task.update({value: 'one'});
  if (await someonePresent(session)) task.done();
});
// @ts-expect-error: progress names its agent
createProgress(session, {});
