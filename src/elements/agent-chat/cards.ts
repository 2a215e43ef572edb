import {html, nothing} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {toolNameOf} from '../../session/tool-part.ts';
import type {Approval, DataPart, SessionMessage, ToolPart} from '../../session/index.ts';
import {fold} from '../shared/fold.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {nameInWords} from '../shared/name-in-words.ts';
import {valueView} from '../shared/value-view.ts';
import {type CardPart, isData, quietData} from './card-part.ts';
import type {ChatContext} from './chat-context.ts';
import {fileView} from './file-view.ts';
import {ownView} from './own-view.ts';
import type {PartOptions} from './part-views.ts';
import {reasoningView} from './reasoning-view.ts';
import {isDecidedHere, toolCard} from './tool-card.ts';

// What a conversation shows beside text. Loaded apart, so that the first text need not wait for it.
export {cardStyles as styles} from './card.styles.ts';
export {feedbackForm} from './feedback-form.ts';
export {messageEditor} from './message-editor.ts';
export {sourceList} from './source-list.ts';
export {waitingRow} from './waiting-row.ts';

/** One part that is not text. */
export function cardPart(part: CardPart, index: number, options: PartOptions): unknown {
  const {message, isStreaming, run, approvals, context} = options;
  switch (part.type) {
    case 'reasoning': {
      if (part.text === '') return nothing;
      const isActive = isStreaming && part.state !== 'done' && index === message.parts.length - 1;
      return guard([part.text, isActive, context], () => reasoningView(part, {messageId: message.id, index, isActive, context}));
    }
    case 'file':
      return guard([part.url, part.filename, part.mediaType, context], () => fileView(part, context));
    default: {
      const approval = isData(part) ? undefined : approvals.find(({toolCallId}) => toolCallId === part.toolCallId);
      const form = approval && context.desk.formOf(approval.toolCallId);
      // Another object of its own for everything that can change in it: AI Transport replaces what it changes.
      return guard([...Object.values<unknown>({...part}), isStreaming, run, approval, form, context], () => cardView(part, approval, options));
    }
  }
}

function cardView(part: ToolPart | DataPart, approval: Approval | undefined, {message, isStreaming, run, context}: PartOptions): unknown {
  const name = isData(part) ? part.type : toolNameOf(part);
  const renderer = Object.hasOwn(context.renderers, name) ? context.renderers[name] : undefined;
  const fallback = (): unknown => (isData(part) ? dataView(part, message, context) : toolCard(part, {run, approval, context}));
  if (renderer === undefined || context.session === undefined) return fallback();
  const partContext = {message, session: context.session, streaming: isStreaming, locale: context.locale.tag};
  const isAsking = !isData(part) && approval !== undefined && isDecidedHere(part, approval);
  const own = html`${ownView({name, part, renderer, partContext, context, fallback: isAsking ? () => nothing : fallback})}`;
  // Whatever the page makes of a tool, what it asks of the person stays to be answered.
  return isAsking ? html`${own}${fallback()}` : own;
}

function dataView(part: DataPart, {id}: SessionMessage, {locale, folds}: ChatContext): unknown {
  if (quietData.includes(part.type)) return nothing;
  const name = part.type.slice('data-'.length);
  return html`<details class="fold data" part="details data" data-type=${part.type} ${fold(`${id} ${part.type} ${part.id ?? ''}`, false, folds)}>
    <summary part="summary">${lateIcons.braces}<span class="title" dir="auto" title=${part.type}>${nameInWords(name)}</span><span class="fold-mark">${icons.chevron}</span></summary>
    <div class="fold-body"><div class="value">${valueView(part.data, locale)}</div></div>
  </details>`;
}
