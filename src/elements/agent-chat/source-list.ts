import {html, nothing, type TemplateResult} from 'lit';
import {vetLink} from '../../render/safe-url.ts';
import {showHidden} from '../../render/visible-text.ts';
import type {MessagePart, SourceDocumentPart, SourceUrlPart} from '../../session/index.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {shortened} from '../shared/shortened.ts';
import type {ChatContext} from './chat-context.ts';

type Source = SourceUrlPart | SourceDocumentPart;

/** Shown at first. */
const maxSources = 6;

/** The sources of an answer, numbered, each once. Nothing of them is fetched; a link is followed by the person. */
export function sourceList(parts: readonly MessagePart[], {locale}: ChatContext): TemplateResult | typeof nothing {
  const sources = new Map<string, Source>();
  for (const part of parts) {
    if (part.type === 'source-url') sources.set(part.url, sources.get(part.url) ?? part);
    if (part.type === 'source-document') sources.set(`document ${part.sourceId}`, part);
  }
  if (sources.size === 0) return nothing;
  const all = [...sources.values()];
  return html`<section class="sources" part="sources" aria-label=${locale.t('part.sources')}>
    ${shortened({
      total: all.length,
      limit: maxSources,
      view: (count) => html`<ol>${all.slice(0, count).map((source, index) => html`<li><span class="number" aria-hidden="true">${locale.number(index + 1)}</span>${sourceView(source)}</li>`)}</ol>`,
      all: locale.t('value.all', {count: all.length}),
      less: locale.t('value.less'),
    })}
  </section>`;
}

function sourceView(source: Source): TemplateResult {
  if (source.type === 'source-document') {
    const title = showHidden(source.title);
    const filename = source.filename === undefined ? undefined : showHidden(source.filename);
    return html`<span class="source" part="source">${lateIcons.file}<span class="source-title" dir="auto">${title}</span>${
      filename === undefined || filename === title ? nothing : html`<bdi class="source-host">${filename}</bdi>`}</span>`;
  }
  const address = vetLink(source.url, ['https', 'http'], document.baseURI);
  const title = source.title === undefined || source.title === '' ? (address?.host ?? showHidden(source.url)) : showHidden(source.title);
  if (!address) return html`<span class="source" part="source"><span class="source-title" dir="auto">${title}</span></span>`;
  // The host stands beside the title, so that no title can pass for another site.
  return html`<a class="source" part="source" href=${address.href} title=${address.href} target="_blank" rel="noopener noreferrer">
    <span class="source-title" dir="auto">${title}</span>${title === address.host ? nothing : html`<bdi class="source-host">${address.host}</bdi>`}
  </a>`;
}
