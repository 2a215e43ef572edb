import type {Session, SessionMessage, SessionSnapshot} from 'agent-session-elements';
import type {Action} from './plan.ts';

/** What a page has of the session, to be called from the test. */
export interface PageHand {
  /** Does it, or gives undefined where it cannot be done now. What becomes of it later is told by `refused`. */
  act(action: Pick<Action, 'kind' | 'pick' | 'text' | 'number'>): Promise<string | undefined>;
  /** What keeps the page from being at rest, in words; empty where nothing does. Lets a queue that is held go on, and approves what waits in sight. */
  unrest(): string[];
  record(): Promise<PageRecord>;
}

export interface MessageRecord {
  readonly role: string;
  readonly who: string | undefined;
  readonly text: string;
  readonly runId: string | undefined;
  readonly steer: string | undefined;
}

/** What a page shows of the conversation, in the version that its person sees. */
export interface PageRecord {
  readonly messages: Readonly<Record<string, MessageRecord>>;
  readonly runs: Readonly<Record<string, {readonly status: string; readonly inputId: string | undefined; readonly agentId: string | undefined}>>;
  readonly decisions: Readonly<Record<string, {readonly state: string; readonly who: string | undefined; readonly approved: boolean | undefined}>>;
  /** Texts that were not sent, as the page says with each. */
  readonly unsent: readonly string[];
}

declare global {
  interface Window {
    hand?: PageHand;
    takeHand?: () => boolean;
    refused?: (number: number, why: string) => void;
  }
}

/** Runs in the page: gets hold of its session by the context protocol, as any element in it would. */
export function takeHand(): boolean {
  if (window.hand) return true;
  const inside = document.querySelector('agent-session > *');
  let session: Session | undefined;
  inside?.dispatchEvent(Object.assign(new Event('context-request', {bubbles: true, composed: true}), {
    context: Symbol.for('agent-session-elements.session'), contextTarget: inside, subscribe: false,
    callback: (state: {status: string; session?: Session}) => (session = state.session),
  }));
  if (session?.snapshot.history.state !== 'ready' || session.snapshot.clientId === undefined) return false;
  const open = session;
  const now = (): SessionSnapshot => open.snapshot;
  const oneOf = <T>(items: readonly T[], pick: number): T | undefined => items[Math.floor(pick * items.length)];
  const textOf = ({parts}: SessionMessage): string => parts.map((part) => (part.type === 'text' ? part.text : 'toolCallId' in part ? `[${part.type} ${part.state}]` : `[${part.type}]`)).join('');

  const act: PageHand['act'] = async ({kind, pick, text, number}) => {
    const {messages, runs, approvals} = now();
    const later = (promise: Promise<void>): void => void promise.catch((error: unknown) => window.refused?.(number, String(error)));
    const kept = async (promise: Promise<void>): Promise<string> => {
      try {
        await promise;
        return text;
      } catch (error) {
        window.refused?.(number, String(error));
        return `refused: ${String(error)}`;
      }
    };
    switch (kind) {
      case 'interrupt':
      case 'steer':
      case 'queue':
      case 'alongside':
        return kept(open.dispatch({type: 'send', text, policy: kind}));
      case 'stop': {
        const isRunning = runs.some(({status, stop}) => (status === 'active' || status === 'starting') && stop === undefined);
        if (!isRunning) return undefined;
        later(open.dispatch({type: 'cancel'}));
        return 'all';
      }
      case 'edit': {
        const message = oneOf(messages.filter(({mine, delivery, steer, role}) => mine && role === 'user' && delivery === 'sent' && steer === undefined).slice(-4), pick);
        return message && kept(open.dispatch({type: 'edit', messageId: message.id, text})).then((said) => `${textOf(message)} → ${said}`);
      }
      case 'regenerate': {
        const message = oneOf(messages.filter(({role}, index) => role === 'assistant' && messages[index - 1]?.role === 'user').slice(-4), pick);
        if (!message) return undefined;
        later(open.dispatch({type: 'regenerate', messageId: message.id}));
        return textOf(message);
      }
      case 'select': {
        const message = oneOf(messages.filter(({branch}) => branch !== undefined), pick);
        if (!message?.branch) return undefined;
        const {index, count} = message.branch;
        const next = (index + 1 + Math.floor(pick * 97) % (count - 1)) % count;
        await open.dispatch({type: 'select-branch', messageId: message.id, index: next});
        return `${next + 1} of ${count} at ${textOf(message)}`;
      }
      case 'approve':
      case 'deny': {
        const approval = oneOf(approvals.filter(({state}) => state === 'pending'), pick);
        if (!approval) return undefined;
        later(open.dispatch({type: 'respond', toolCallId: approval.toolCallId, approved: kind === 'approve'}));
        return approval.toolCallId;
      }
      case 'reload':
      case 'cut':
        return undefined;
    }
  };

  const unrest = (): string[] => {
    const {connection, history, messages, runs, approvals, queue, queueHold} = now();
    for (const {toolCallId, state} of approvals) {
      // Somebody else may be first.
      if (state === 'pending') void open.dispatch({type: 'respond', toolCallId, approved: true}).catch(() => undefined);
    }
    if (queueHold !== undefined) void open.dispatch({type: 'release-queue'}).catch(() => undefined);
    return [
      ...(connection.state === 'connected' && history.state === 'ready' ? [] : [`the line is ${connection.state}, history ${history.state}`]),
      ...messages.filter(({delivery}) => delivery === 'queued' || delivery === 'sending').map((message) => `${textOf(message)} is ${message.delivery}`),
      ...runs.filter(({status, stop}) => ['starting', 'active', 'lost', 'suspended', 'unanswered'].includes(status) || stop !== undefined)
        .map(({key, status, stop, error}) => `run ${key} is ${status} ${stop ?? ''} ${error?.message ?? ''}`),
      ...approvals.filter(({state}) => state === 'pending' || state === 'deciding').map(({toolCallId, state}) => `call ${toolCallId} is ${state}`),
      ...(queue.length > 0 ? [`${queue.length} wait, ${queueHold ?? 'not held'}`] : []),
    ];
  };

  const record = async (): Promise<PageRecord> => {
    while (now().history.hasOlder) await open.dispatch({type: 'load-older', limit: 500});
    const {messages, runs, approvals} = now();
    return {
      messages: Object.fromEntries(messages.filter(({delivery}) => delivery === 'sent').map((message) => [message.id, {role: message.role, who: message.clientId, text: textOf(message), runId: message.runId, steer: message.steer}])),
      runs: Object.fromEntries(runs.map(({key, status, inputId, agentId}) => [key, {status, inputId, agentId}])),
      decisions: Object.fromEntries(approvals.map(({toolCallId, state, decision}) => [toolCallId, {state, who: decision?.clientId, approved: decision?.approved}])),
      unsent: messages.filter(({delivery}) => delivery === 'failed').map(textOf),
    };
  };

  window.hand = {act, unrest, record};
  return true;
}
