import {html, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {toolNameOf} from '../../session/tool-part.ts';
import type {Approval, MessagePart, RunStatus, SessionMessage} from '../../session/index.ts';
import {nameInWords} from '../shared/name-in-words.ts';
import {type CardPart, isData, quietData} from './card-part.ts';
import type {ChatContext} from './chat-context.ts';
import {markdown} from './markdown.ts';

export interface PartOptions {
  readonly message: SessionMessage;
  readonly isStreaming: boolean;
  /** How the run stands that the message is of. */
  readonly run: RunStatus | undefined;
  /** What the message asks people to decide. */
  readonly approvals: readonly Approval[];
  readonly context: ChatContext;
}

/** Whether nothing of a message is to be seen in its place: what it says is shown where it belongs. */
export function isUnseen({role, parts}: SessionMessage): boolean {
  return role === 'assistant' && parts.length > 0 && parts.every(({type}) => type === 'step-start' || quietData.includes(type));
}

/** The parts of a message, in order, and its sources under them. */
export function partViews(options: PartOptions): unknown {
  const {message: {parts}, context} = options;
  const sources = parts.filter(({type}) => type === 'source-url' || type === 'source-document');
  return [
    ...parts.map((part, index) => partView(part, index, options)),
    sources.length === 0 ? nothing : guard([...sources, context], () => (context.cards ? context.cards.sourceList(sources, context) : context.needCards())),
  ];
}

/** One part. What did not change of it is not drawn again, however fast the text beside it grows. */
function partView(part: MessagePart, index: number, options: PartOptions): unknown {
  const {message, isStreaming, context} = options;
  switch (part.type) {
    case 'text':
      if (message.role === 'user') return html`<div class="plain" part="text">${part.text}</div>`;
      return html`<div class="markdown" part="text" ${markdown(part.text, !isStreaming || part.state === 'done', context.markdown)}></div>`;
    case 'source-url':
    case 'source-document':
      return nothing;
    case 'step-start':
      return isDividing(message.parts, index) ? html`<div class="step" part="step" aria-hidden="true"></div>` : nothing;
    default:
      return context.cards ? context.cards.cardPart(part, index, options) : guard([nameOfPart(part), context], () => waitingCard(part, context));
  }
}

/** What stands in place of a part until its views are loaded: a line with its name. */
function waitingCard(part: CardPart, {needCards}: ChatContext): TemplateResult | typeof nothing {
  if (quietData.includes(part.type) || (part.type === 'reasoning' && part.text === '')) return nothing;
  needCards();
  return html`<div class="waiting-card">${nameOfPart(part)}</div>`;
}

function nameOfPart(part: CardPart): string {
  switch (part.type) {
    case 'reasoning':
      return '';
    case 'file':
      return part.filename ?? '';
    default:
      return isData(part) ? nameInWords(part.type.slice('data-'.length)) : (part.title ?? nameInWords(toolNameOf(part)));
  }
}

/** A step is marked off where something was shown before it, and once. */
function isDividing(parts: readonly MessagePart[], index: number): boolean {
  return index > 0 && parts[index - 1]?.type !== 'step-start' && index < parts.length - 1;
}
