import type {MessageFeed} from '../../controllers/message-feed.ts';
import type {Locale} from '../../i18n/index.ts';
import type {Intent, SessionError, SessionMessage} from '../../session/index.ts';
import type {MarkdownSettings} from './markdown.ts';

/** What the views of a conversation's rows need of the conversation. Another object whenever any of it changed. */
export interface ChatContext {
  readonly locale: Locale;
  readonly feed: MessageFeed;
  readonly markdown: MarkdownSettings;
  /** Why what was last asked for in a row could not be done, by the row's key. */
  readonly failures: ReadonlyMap<string, SessionError>;
  /** The message that was copied just now. */
  readonly copied: {readonly id: string; readonly succeeded: boolean} | undefined;
  /** Sends a request up on behalf of a row, which shows the reason when it fails. */
  act(key: string, intent: Intent): void;
  copy(message: SessionMessage): void;
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
