import {html, nothing, type TemplateResult} from 'lit';
import type {Approval, RunStatus, SessionError, SessionMessage} from '../../session/index.ts';
import {avatar} from '../shared/avatar.ts';
import {icons} from '../shared/icons.ts';
import {notice} from '../shared/notice.ts';
import {authorOf, type ChatContext} from './chat-context.ts';
import {messageBody} from './message-body.ts';
import {answerTools, personTools} from './message-tools.ts';
import {isUnseen} from './part-views.ts';
import {promptChips, suggestionsOf} from './suggestions.ts';

export interface MessageRowOptions {
  message: SessionMessage;
  /** Whether an agent is writing it now. */
  isStreaming: boolean;
  /** Whether to say who said it: not where the message before it is by the same author. */
  hasAuthor: boolean;
  /** How the run stands that the message is of. */
  run: RunStatus | undefined;
  /** What the message asks people to decide. */
  approvals: readonly Approval[];
  /** Whether an answer is being written that would stop for what can be asked for in this row. */
  isAnswering: boolean;
  /** Whether nothing has been said or begun after it. */
  isLast: boolean;
  /** Whether it is the last message of an agent's answer. */
  isAnswerEnd: boolean;
  context: ChatContext;
}

/** One message of the conversation. */
export function messageRow(options: MessageRowOptions): TemplateResult {
  const {message, isStreaming, hasAuthor, run, approvals, isAnswering, isLast, context} = options;
  const {locale, rows, isReadonly, say} = context;
  if (!isStreaming && isUnseen(message)) return html``;
  const author = authorOf(context, message);
  const kind = message.mine ? 'mine' : message.role === 'user' ? 'other' : message.role;
  const time = message.createdAt === undefined ? undefined : locale.time(message.createdAt);
  const {editor} = rows.of(message.id);
  const {cards} = context;
  const wantsEditor = editor !== undefined && !isReadonly;
  if (wantsEditor && !cards) context.needCards();
  const isEditing = wantsEditor && cards !== undefined;
  return html`<article
    class="row message ${kind} ${message.delivery} ${hasAuthor ? '' : 'grouped'} ${isEditing ? 'editing' : ''}"
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
    ${isEditing
      ? cards.messageEditor(message, editor, isAnswering, context)
      : html`<div class="content" part="content content-${kind}">${messageBody({message, isStreaming, run, approvals, context})}</div>
        ${kind === 'mine' ? deliveryView(message, context) : nothing}
        ${toolsView(kind, options)}`}
    ${message.delivery === 'failed' ? nothing : failureView(context.failures.get(message.id), context)}
    ${kind === 'assistant' && isLast && !isStreaming && !isReadonly ? promptChips('suggestions', suggestionsOf(message), locale, (text) => say(message.id, text)) : nothing}
  </article>`;
}

function toolsView(kind: string, {message, isStreaming, run, isAnswerEnd, isAnswering, context}: MessageRowOptions): TemplateResult | typeof nothing {
  const isUnfinished = isStreaming || run === 'suspended';
  if (kind === 'assistant') return answerTools(message, context, {isAnswerEnd, isUnfinished, isAnswering});
  return kind === 'system' || isUnfinished ? nothing : personTools(message, context);
}

function timeView({createdAt}: SessionMessage, {locale}: ChatContext): TemplateResult | typeof nothing {
  if (createdAt === undefined) return nothing;
  return html`<time class="time" dir="auto" datetime=${new Date(createdAt).toISOString()} title=${locale.moment(createdAt)}>${locale.time(createdAt)}</time>`;
}

function deliveryView(message: SessionMessage, context: ChatContext): TemplateResult | typeof nothing {
  const {locale, isReadonly} = context;
  switch (message.delivery) {
    case 'sent':
      return message.steer === undefined ? html`<footer class="delivery quiet">${timeView(message, context)}</footer>` : steerView(message, context);
    case 'sending':
      return html`<footer class="delivery late" part="delivery">${locale.t('message.sending')}</footer>`;
    case 'queued':
      return html`<footer class="delivery" part="delivery">${icons.clock}${locale.t('message.queued')}</footer>`;
    case 'failed':
      return html`<footer class="failed" part="delivery">
        ${notice(locale, context.failures.get(message.id) ?? message.error, {
          title: locale.t('message.failed'),
          actions: isReadonly ? undefined : html`
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

/** What became of a message that was to join an answer. */
function steerView({id, steer}: SessionMessage, {locale, isReadonly, act}: ChatContext): TemplateResult | typeof nothing {
  switch (steer) {
    case undefined:
      return nothing;
    case 'waiting':
      return html`<footer class="delivery" part="delivery delivery-waiting">${icons.clock}${locale.t('steer.waiting')}</footer>`;
    case 'consumed':
      return html`<footer class="delivery" part="delivery delivery-consumed">${icons.eye}${locale.t('steer.consumed')}</footer>`;
    case 'missed':
      return html`<footer class="delivery missed" part="delivery delivery-missed">
        ${icons.alert}<span>${locale.t('steer.missed')}</span>
        ${isReadonly
          ? nothing
          : html`<button type="button" class="text-button" part="retry-button" @click=${() => act(id, {type: 'retry', messageId: id})}>${icons.retry}${locale.t('steer.again')}</button>`}
      </footer>`;
  }
}

function failureView(error: SessionError | undefined, {locale}: ChatContext): TemplateResult | typeof nothing {
  return error ? html`<div class="row-failure" role="alert">${notice(locale, error)}</div>` : nothing;
}
