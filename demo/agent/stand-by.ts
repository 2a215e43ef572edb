import {handoversOf, watchHandover} from 'agent-session-elements/agent';
import type {UIMessageChunk} from 'ai';
import type {HeldSession} from './channel-sessions.ts';

/** Whether a person answers in this agent's place. */
export interface StandBy {
  /** Aborted as soon as somebody has taken over. */
  readonly signal: AbortSignal;
  /** What to write last. */
  farewell(): UIMessageChunk[];
  /** Who wrote a message in the agent's place, in words; undefined for all other messages. */
  readonly colleague: (messageId: string) => string | undefined;
  stop(): void;
}

/** How far the clocks of a page and of the channel may be apart, in ms. */
const skewMs = 2000;

/** Follows the key `handover` of a session's shared state. */
export async function followHandover(held: HeldSession): Promise<StandBy> {
  const [watch, handovers] = await Promise.all([watchHandover(held.session), handoversOf(held.session)]);
  const colleague = (messageId: string): string | undefined => {
    if (handovers.length === 0) return undefined;
    const input = held.log().inputs().find((candidate) => candidate.messageId === messageId && candidate.runId === undefined);
    const at = input?.message.timestamp;
    if (at === undefined) return undefined;
    const handover = handovers.find(({by, since, until = Infinity}) => by === input?.clientId && at >= since - skewMs && at <= until + skewMs);
    return handover && (handover.name ?? handover.by);
  };
  return {
    signal: watch.signal, colleague,
    stop: watch.stop,
    farewell: () => {
      const current = watch.current();
      const id = 'farewell';
      const delta = `*${current?.name ?? current?.by ?? 'A person'} takes over from here. I am listening, and back when you want me.*`;
      return [{type: 'text-start', id}, {type: 'text-delta', id, delta}, {type: 'text-end', id}];
    },
  };
}
