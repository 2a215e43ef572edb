import {html, nothing, type TemplateResult} from 'lit';
import type {SessionError, SessionMessage} from '../../session/index.ts';
import {avatar} from '../shared/avatar.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import {authorOf, type ChatContext} from './chat-context.ts';
import {messageBody} from './message-body.ts';

export interface MessageRowOptions {
  message: SessionMessage;
  /** Whether an agent is writing it now. */
  isStreaming: boolean;
  /** Whether to say who said it: not where the message before it is by the same author. */
  hasAuthor: boolean;
  context: ChatContext;
}

/** One message of the conversation. */
export function messageRow({message, isStreaming, hasAuthor, context}: MessageRowOptions): TemplateResult {
  const {locale} = context;
  const author = authorOf(context, message);
  const kind = message.mine ? 'mine' : message.role === 'user' ? 'other' : message.role;
  const time = message.createdAt === undefined ? undefined : locale.time(message.createdAt);
  return html`<article
    class="row message ${kind} ${message.delivery} ${hasAuthor ? '' : 'grouped'}"
    part="message message-${kind}"
    tabindex="-1"
    aria-label=${time === undefined ? author : locale.t('message.name', {author, time})}
    data-message-id=${message.id}
  >
    ${hasAuthor && kind !== 'mine'
      ? html`<header class="author" part="author">
          ${kind === 'other' ? avatar(author) : nothing}
          <span class="name" dir="auto">${author}</span>
          ${timeView(message, context)}
        </header>`
      : nothing}
    <div class="content" part="content">${messageBody(message, isStreaming, context)}</div>
    ${kind === 'mine' ? deliveryView(message, context) : nothing}
    ${kind === 'assistant' && !isStreaming && hasText(message) ? copyView(message, context) : nothing}
    ${kind === 'assistant' || message.delivery === 'failed' ? nothing : failureView(context.failures.get(message.id), context)}
  </article>`;
}

function timeView({createdAt}: SessionMessage, {locale}: ChatContext): TemplateResult | typeof nothing {
  if (createdAt === undefined) return nothing;
  return html`<time class="time" dir="auto" datetime=${new Date(createdAt).toISOString()} title=${locale.moment(createdAt)}>${locale.time(createdAt)}</time>`;
}

function deliveryView(message: SessionMessage, context: ChatContext): TemplateResult | typeof nothing {
  const {locale} = context;
  switch (message.delivery) {
    case 'sent':
      return html`<footer class="delivery quiet">${timeView(message, context)}</footer>`;
    case 'sending':
      return html`<footer class="delivery late" part="delivery">${locale.t('message.sending')}</footer>`;
    case 'queued':
      return html`<footer class="delivery" part="delivery">${icons.clock}${locale.t('message.queued')}</footer>`;
    case 'failed':
      return html`<footer class="failed" part="delivery">
        ${notice(locale, context.failures.get(message.id) ?? message.error, {
          title: locale.t('message.failed'),
          actions: html`
            <button type="button" class="text-button" part="retry-button" @click=${() => context.act(message.id, {type: 'retry', messageId: message.id})}>
              ${icons.retry}${locale.t('message.retry')}
            </button>
            <button type="button" class="text-button" part="discard-button" @click=${() => context.act(message.id, {type: 'discard', messageId: message.id})}>
              ${locale.t('message.discard')}
            </button>
          `,
        })}
      </footer>`;
  }
}

function copyView(message: SessionMessage, {locale, copied, copy}: ChatContext): TemplateResult {
  const outcome = copied?.id === message.id ? copied : undefined;
  const label = locale.t(outcome === undefined ? 'message.copy' : outcome.succeeded ? 'message.copied' : 'message.copyFailed');
  return html`<footer class="tools" part="actions">
    <button type="button" class="icon-button" part="copy-button" aria-label=${label} title=${label} @click=${() => copy(message)}>
      ${outcome?.succeeded ? icons.check : icons.copy}
    </button>
    ${outcome ? html`<span class="outcome" aria-hidden="true">${label}</span>` : nothing}
  </footer>`;
}

function failureView(error: SessionError | undefined, {locale}: ChatContext): TemplateResult | typeof nothing {
  return error ? html`<div role="alert">${notice(locale, error)}</div>` : nothing;
}

function hasText({parts}: SessionMessage): boolean {
  return parts.some((part) => part.type === 'text' && part.text.trim() !== '');
}
