import type {ApprovalDesk} from '../../controllers/approval-desk.ts';
import type {MessageFeed} from '../../controllers/message-feed.ts';
import type {PartRenderers, RendererSource} from '../../controllers/part-renderers.ts';
import type {ReasoningTimes} from '../../controllers/reasoning-times.ts';
import type {Locale} from '../../i18n/index.ts';
import type {Intent, Session, SessionError, SessionMessage} from '../../session/index.ts';
import type {FoldMemory} from '../shared/fold.ts';
import type * as cards from './cards.ts';
import type {MarkdownSettings} from './markdown.ts';
import type {MessageStates} from './message-states.ts';

/** What the views of a conversation's rows need of the conversation. Another object whenever any of it changed. */
export interface ChatContext {
  readonly locale: Locale;
  readonly session: Session | undefined;
  /** This client's identity. */
  readonly me: string | undefined;
  readonly feed: MessageFeed;
  readonly markdown: MarkdownSettings;
  /** Why what was last asked for in a row could not be done, by the row's key. */
  readonly failures: ReadonlyMap<string, SessionError>;
  readonly desk: ApprovalDesk;
  readonly rows: MessageStates;
  readonly folds: FoldMemory;
  readonly reasoning: ReasoningTimes;
  readonly renderers: PartRenderers;
  readonly rendererSource: RendererSource;
  /** What draws all that is not text; undefined until it is loaded. */
  readonly cards: typeof cards | undefined;
  /** Whether nothing can be said or decided here. */
  readonly isReadonly: boolean;
  /** Whether answers can be judged. */
  readonly hasFeedback: boolean;
  /** Loads them at once. */
  needCards(): void;
  /** Sends a request up on behalf of a row, which shows the reason when it fails. */
  act(key: string, intent: Intent): void;
  /** Says something for the person. */
  say(key: string, text: string): void;
  /** Copies an answer as it was written, or as it reads. */
  copy(message: SessionMessage, form: 'text' | 'markdown'): void;
  /** Says an own message differently. */
  edit(message: SessionMessage, text: string): void;
  /** Leaves an own message as it was. */
  endEdit(messageId: string): void;
  /** Shows the message before or after this one in its place. */
  select(message: SessionMessage, step: -1 | 1): void;
  /** Takes what the person thinks of an answer. */
  judge(messageId: string, rating: 'up' | 'down', text?: string): void;
}

/** How somebody is called in the conversation. */
export function authorOf({locale}: Pick<ChatContext, 'locale'>, {mine, role, clientId}: Pick<SessionMessage, 'mine' | 'role' | 'clientId'>): string {
  if (mine) return locale.t('message.you');
  switch (role) {
    case 'assistant':
      return clientId ?? locale.t('message.agent');
    case 'user':
      return clientId ?? locale.t('message.someone');
    case 'system':
      return locale.t('message.system');
  }
}

/** How the person or agent with an identity is called where no message says which of both they are. */
export function nameOf({locale, me}: Pick<ChatContext, 'locale' | 'me'>, clientId: string | undefined): string {
  if (clientId === undefined) return locale.t('message.someone');
  return clientId === me ? locale.t('approval.you') : clientId;
}
