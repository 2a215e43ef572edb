import type {Session, SessionMessage, SessionSnapshot} from 'agent-session-elements';
import type {Action} from './plan.ts';

/** What somebody's session is told to do, and tells. */
export interface Hand {
  /** Does it, or gives undefined where it cannot be done now. What becomes of it later is told by `refused`. */
  act(action: Pick<Action, 'kind' | 'pick' | 'text' | 'number'>): Promise<string | undefined>;
  /** Resolves when nothing goes on in sight, or with what does after so many ms. Approves what waits in sight, and lets a queue that is held go on. */
  rest(ms: number): Promise<readonly string[]>;
  /** Looks at every version of everything. */
  record(): Promise<PageRecord>;
}

export interface MessageRecord {
  readonly role: string;
  readonly who: string | undefined;
  readonly text: string;
  readonly runId: string | undefined;
  readonly steer: string | undefined;
  /** Which version it is of how many: `2/3`. */
  readonly version: string | undefined;
}

/** What somebody can see of the conversation, all versions together. */
export interface PageRecord {
  readonly messages: Readonly<Record<string, MessageRecord>>;
  readonly runs: Readonly<Record<string, {readonly status: string; readonly inputId: string | undefined; readonly agentId: string | undefined}>>;
  readonly decisions: Readonly<Record<string, {readonly state: string; readonly who: string | undefined; readonly approved: boolean | undefined}>>;
  /** Texts that were not sent, as is said with each. */
  readonly unsent: readonly string[];
  /** What went wrong while versions were looked at. */
  readonly problems: readonly string[];
}

/** Takes a session in hand. It runs in pages too, so it refers to nothing around it. */
export function takeInHand(session: Session, refused: (number: number, why: string) => void): Hand {
  const now = (): SessionSnapshot => session.snapshot;
  const oneOf = <T>(items: readonly T[], pick: number): T | undefined => items[Math.floor(pick * items.length)];
  const textOf = ({parts}: SessionMessage): string => parts.filter(({type}) => type !== 'step-start').map((part) => (part.type === 'text' ? part.text : 'toolCallId' in part ? `[${part.type} ${part.state}]` : `[${part.type}]`)).join('');

  const act: Hand['act'] = async ({kind, pick, text, number}) => {
    const {messages, runs, approvals} = now();
    const later = (promise: Promise<void>): void => void promise.catch((error: unknown) => refused(number, String(error)));
    const kept = async (promise: Promise<void>): Promise<string> => {
      try {
        await promise;
        return text;
      } catch (error) {
        refused(number, String(error));
        return `refused: ${String(error)}`;
      }
    };
    switch (kind) {
      case 'interrupt':
      case 'steer':
      case 'queue':
      case 'alongside':
        return kept(session.dispatch({type: 'send', text, policy: kind}));
      case 'stop': {
        const isRunning = runs.some(({status, stop}) => (status === 'active' || status === 'starting') && stop === undefined);
        if (!isRunning) return undefined;
        later(session.dispatch({type: 'cancel'}));
        return 'all';
      }
      case 'edit': {
        const message = oneOf(messages.filter(({mine, delivery, steer, role}) => mine && role === 'user' && delivery === 'sent' && steer === undefined).slice(-4), pick);
        return message && kept(session.dispatch({type: 'edit', messageId: message.id, text})).then((said) => `${textOf(message)} → ${said}`);
      }
      case 'regenerate': {
        const message = oneOf(messages.filter(({role}, index) => role === 'assistant' && messages[index - 1]?.role === 'user').slice(-4), pick);
        if (!message) return undefined;
        later(session.dispatch({type: 'regenerate', messageId: message.id}));
        return textOf(message);
      }
      case 'select': {
        const message = oneOf(messages.filter(({branch}) => branch !== undefined), pick);
        if (!message?.branch) return undefined;
        const {index, count} = message.branch;
        const next = (index + 1 + Math.floor(pick * 97) % (count - 1)) % count;
        // What is not on the channel yet has no versions to choose from.
        await session.dispatch({type: 'select-branch', messageId: message.id, index: next}).catch((error: unknown) => refused(number, String(error)));
        return `${next + 1} of ${count} at ${textOf(message)}`;
      }
      case 'approve':
      case 'deny': {
        const approval = oneOf(approvals.filter(({state}) => state === 'pending'), pick);
        if (!approval) return undefined;
        later(session.dispatch({type: 'respond', toolCallId: approval.toolCallId, approved: kind === 'approve'}));
        return approval.toolCallId;
      }
      case 'reload':
      case 'cut':
        return undefined;
    }
  };

  let loading: Promise<void> | undefined;
  const loadAll = (): Promise<void> => (loading ??= (async () => {
    // Where it is being loaded already there is nothing to ask for.
    while (now().history.hasOlder && now().history.state === 'ready' && !now().history.loadingOlder) await session.dispatch({type: 'load-older', limit: 500});
  })().finally(() => (loading = undefined)));

  /** What goes on in sight, in words. */
  const unrest = (): string[] => {
    const {connection, history, messages, runs, approvals, queue, queueHold} = now();
    for (const {toolCallId, state, runId} of approvals) {
      // Somebody else may be first. An agent that is still at work would not hear it.
      const isWaiting = runs.some((run) => run.runId === runId && run.status === 'suspended');
      if (state === 'pending' && isWaiting) void session.dispatch({type: 'respond', toolCallId, approved: true}).catch(() => undefined);
    }
    if (queueHold !== undefined) void session.dispatch({type: 'release-queue'}).catch(() => undefined);
    return [
      ...(connection.state === 'connected' && history.state === 'ready' && !history.hasOlder ? [] : [`the line is ${connection.state}, history ${history.state}`]),
      ...messages.filter(({delivery}) => delivery === 'queued' || delivery === 'sending').map((message) => `${textOf(message)} is ${message.delivery}`),
      ...runs.filter(({status, stop}) => ['starting', 'active', 'lost', 'suspended', 'unanswered'].includes(status) || stop !== undefined)
        .map(({key, status, stop, error}) => `run ${key} is ${status} ${stop ?? ''} ${error?.message ?? ''}`),
      ...approvals.filter(({state}) => state === 'pending' || state === 'deciding').map(({toolCallId, state}) => `call ${toolCallId} is ${state}`),
      ...(queue.length > 0 ? [`${queue.length} wait, ${queueHold ?? 'not held'}`] : []),
    ];
  };

  const rest: Hand['rest'] = (ms) => new Promise((resolve) => {
    const look = (): void => {
      void loadAll().catch(() => undefined);
      const left = unrest();
      if (left.length === 0) finish([]);
    };
    const finish = (left: readonly string[]): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve(left);
    };
    const timer = setTimeout(() => finish([...unrest(), 'nothing more happens']), ms);
    const unsubscribe = session.subscribe(look);
    look();
  });

  const record: Hand['record'] = async () => {
    await loadAll();
    const messages: Record<string, MessageRecord> = {};
    const runs: Record<string, PageRecord['runs'][string]> = {};
    const decisions: Record<string, PageRecord['decisions'][string]> = {};
    const problems: string[] = [];
    const unsent = now().messages.filter(({delivery}) => delivery === 'failed').map(textOf);
    /** Notes a thing; it must be the same wherever it is seen. */
    const note = <T>(where: Record<string, T>, id: string, what: T): void => {
      const known = where[id];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(what)) problems.push(`${id} is now ${JSON.stringify(known)}, now ${JSON.stringify(what)}`);
      where[id] = what;
    };
    const noteAll = (): void => {
      for (const message of now().messages) {
        if (message.delivery !== 'sent') continue;
        const {id, role, clientId: who, runId, steer, branch} = message;
        note(messages, id, {role, who, text: textOf(message), runId, steer, version: branch && `${branch.index + 1}/${branch.count}`});
      }
      for (const {key, status, inputId, agentId} of now().runs) note(runs, key, {status, inputId, agentId});
      for (const {toolCallId, state, decision} of now().approvals) note(decisions, toolCallId, {state, who: decision?.clientId, approved: decision?.approved});
    };
    const seen = new Set<string>();
    /** Shows every version of everything in sight that was not looked at before, and what comes behind each. */
    const explore = async (): Promise<void> => {
      for (;;) {
        const message = now().messages.find(({id, branch}) => branch && !seen.has(id));
        if (!message?.branch) return;
        const {count} = message.branch;
        let shown = message;
        for (let version = 0; version < count; version++) {
          const before = new Set(now().messages.map(({id}) => id));
          await session.dispatch({type: 'select-branch', messageId: shown.id, index: version});
          const after = now().messages;
          // Nothing of a version was said before itself.
          const chosen = after.find(({id}) => id === shown.id) ?? after.find(({id, branch}) => branch && !before.has(id));
          if (chosen?.branch?.index !== version || chosen.branch.count !== count) {
            problems.push(`version ${version + 1} of ${count} of “${textOf(message)}” cannot be shown: there is “${chosen ? textOf(chosen) : 'nothing'}” ${JSON.stringify(chosen?.branch)}`);
            seen.add(message.id);
            break;
          }
          shown = chosen;
          seen.add(shown.id);
          noteAll();
          await explore();
        }
      }
    };
    noteAll();
    await explore();
    return {messages, runs, decisions, unsent, problems};
  };

  return {act, rest, record};
}
