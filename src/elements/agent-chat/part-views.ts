import {html, nothing} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {toolNameOf} from '../../session/approval-reader.ts';
import type {Approval, DataPart, MessagePart, RunStatus, SessionMessage, ToolPart} from '../../session/index.ts';
import {fold} from '../shared/fold.ts';
import {icons} from '../shared/icons.ts';
import {nameInWords, valueView} from '../shared/value-view.ts';
import type {ChatContext} from './chat-context.ts';
import {fileView} from './file-view.ts';
import {markdown} from './markdown.ts';
import {ownView} from './own-view.ts';
import {reasoningView} from './reasoning-view.ts';
import {sourceList} from './source-list.ts';
import {isDecidedHere, toolCard} from './tool-card.ts';

export interface PartOptions {
  readonly message: SessionMessage;
  readonly isStreaming: boolean;
  /** How the run stands that the message is of. */
  readonly run: RunStatus | undefined;
  /** What the message asks people to decide. */
  readonly approvals: readonly Approval[];
  readonly context: ChatContext;
}

/** Data that other views show. */
const quietData: readonly string[] = ['data-approval', 'data-approval-refused', 'data-suggestions'];

/** Whether nothing of a message is to be seen in its place: what it says is shown where it belongs. */
export function isUnseen({role, parts}: SessionMessage): boolean {
  return role === 'assistant' && parts.length > 0 && parts.every(({type}) => type === 'step-start' || quietData.includes(type));
}

/** The parts of a message, in order, and its sources under them. */
export function partViews(options: PartOptions): unknown {
  const {parts} = options.message;
  const sources = parts.filter(({type}) => type === 'source-url' || type === 'source-document');
  return [
    ...parts.map((part, index) => partView(part, index, options)),
    sources.length === 0 ? nothing : guard([...sources, options.context], () => sourceList(sources, options.context)),
  ];
}

/** One part. What did not change of it is not drawn again, however fast the text beside it grows. */
function partView(part: MessagePart, index: number, options: PartOptions): unknown {
  const {message, isStreaming, run, approvals, context} = options;
  switch (part.type) {
    case 'text':
      if (message.role === 'user') return html`<div class="plain" part="text">${part.text}</div>`;
      return html`<div class="markdown" part="text" ${markdown(part.text, !isStreaming || part.state === 'done', context.markdown)}></div>`;
    case 'reasoning': {
      if (part.text === '') return nothing;
      const isActive = isStreaming && part.state !== 'done' && index === message.parts.length - 1;
      return guard([part.text, isActive, context], () => reasoningView(part, {messageId: message.id, index, isActive, context}));
    }
    case 'source-url':
    case 'source-document':
      return nothing;
    case 'file':
      return guard([part.url, part.filename, part.mediaType, context], () => fileView(part, context));
    case 'step-start':
      return isDividing(message.parts, index) ? html`<div class="step" part="step" aria-hidden="true"></div>` : nothing;
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
    <summary part="summary">${icons.braces}<span class="title" dir="auto" title=${part.type}>${nameInWords(name)}</span><span class="fold-mark">${icons.chevron}</span></summary>
    <div class="fold-body"><div class="value">${valueView(part.data, locale)}</div></div>
  </details>`;
}

function isData(part: ToolPart | DataPart): part is DataPart {
  return part.type.startsWith('data-');
}

/** A step is marked off where something was shown before it, and once. */
function isDividing(parts: readonly MessagePart[], index: number): boolean {
  return index > 0 && parts[index - 1]?.type !== 'step-start' && index < parts.length - 1;
}
