import {html, nothing, type TemplateResult} from 'lit';
import type {DataPart, FilePart, MessagePart, SessionMessage, SourceUrlPart, ToolPart} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import type {ChatContext} from './chat-context.ts';
import {markdown} from './markdown.ts';

interface PartOptions {
  message: SessionMessage;
  isStreaming: boolean;
  context: ChatContext;
}

/** Longest JSON that is shown, in characters; the whole is in the message for whoever needs it. */
const maxJson = 20_000;

/** One part of a message, in its plain form. */
export function partView(part: MessagePart, {message, isStreaming, context}: PartOptions): TemplateResult | typeof nothing {
  const {locale} = context;
  switch (part.type) {
    case 'text':
      if (message.role === 'user') return html`<div class="plain" part="text">${part.text}</div>`;
      return html`<div class="markdown" part="text" ${markdown(part.text, !isStreaming || part.state === 'done', context.markdown)}></div>`;
    case 'reasoning':
      return part.text === '' ? nothing : details('reasoning', locale.t('part.reasoning'), nothing, html`<div class="plain">${part.text}</div>`);
    case 'source-url':
      return sourceView(part);
    case 'source-document':
      return html`<span class="chip" part="source">${icons.file}<span dir="auto">${part.title}</span></span>`;
    case 'file':
      return fileView(part, context);
    case 'step-start':
      return nothing;
    case 'dynamic-tool':
      return toolView(part, part.toolName ?? part.title ?? '', context);
    default:
      return isData(part) ? details('data', part.type.slice('data-'.length), nothing, json(part.data)) : toolView(part, part.type.slice('tool-'.length), context);
  }
}

function isData(part: ToolPart | DataPart): part is DataPart {
  return part.type.startsWith('data-');
}

function toolView(tool: ToolPart, name: string, {locale}: ChatContext): TemplateResult {
  const body = html`
    ${tool.input === undefined ? nothing : html`<p class="caption">${locale.t('part.input')}</p>${json(tool.input)}`}
    ${tool.errorText === undefined ? nothing : html`<p class="failure" dir="auto">${tool.errorText}</p>`}
    ${tool.output === undefined ? nothing : html`<p class="caption">${locale.t('part.output')}</p>${json(tool.output)}`}
  `;
  return details(`tool ${tool.state}`, tool.title ?? name, html`<span class="state">${locale.t(`tool.${tool.state}`)}</span>`, body);
}

function details(kind: string, title: string, state: unknown, body: unknown): TemplateResult {
  return html`<details class="fold ${kind}" part="details">
    <summary part="summary">${icons.chevron}<span class="title" dir="auto">${title}</span>${state}</summary>
    <div class="fold-body">${body}</div>
  </details>`;
}

function json(value: unknown): TemplateResult {
  return html`<pre class="json" dir="ltr" tabindex="0">${jsonText(value)}</pre>`;
}

function jsonText(value: unknown): string {
  if (typeof value === 'string') return shortened(value);
  if (value === undefined) return '';
  try {
    return shortened(JSON.stringify(value, null, 2));
  } catch {
    // Circular, or with numbers that JSON has no form for.
    return '…';
  }
}

function shortened(text: string): string {
  return text.length > maxJson ? `${text.slice(0, maxJson)}…` : text;
}

function sourceView({url, title}: SourceUrlPart): TemplateResult {
  const address = webAddress(url);
  const name = title ?? address?.host ?? url;
  const content = html`${icons.link}<span dir="auto">${name}</span>`;
  return address
    ? html`<a class="chip" part="source" href=${address.href} title=${address.href} target="_blank" rel="noopener noreferrer">${content}</a>`
    : html`<span class="chip" part="source">${content}</span>`;
}

/** A file is a link that the person may follow: nothing is fetched before. */
function fileView({url, filename, mediaType}: FilePart, {locale}: ChatContext): TemplateResult {
  const name = filename ?? mediaType;
  const content = html`${icons.file}<span dir="auto">${name === '' ? locale.t('part.file') : name}</span>`;
  const address = webAddress(url);
  if (address) return html`<a class="chip" part="file" href=${address.href} target="_blank" rel="noopener noreferrer">${content}</a>`;
  // Browsers refuse to open data: URLs as pages, so this can only save the file.
  if (/^data:/i.test(url)) return html`<a class="chip" part="file" href=${url} download=${filename ?? 'file'}>${content}</a>`;
  return html`<span class="chip" part="file">${content}</span>`;
}

function webAddress(url: string): URL | undefined {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  return address && (address.protocol === 'https:' || address.protocol === 'http:') ? address : undefined;
}
