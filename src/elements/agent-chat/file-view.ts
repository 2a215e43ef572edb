import {html, nothing, type TemplateResult} from 'lit';
import {vetImage, vetLink} from '../../render/safe-url.ts';
import {showHidden} from '../../render/visible-text.ts';
import type {FilePart} from '../../session/index.ts';
import {lateIcons} from '../shared/late-icons.ts';
import type {ChatContext} from './chat-context.ts';
import {savedName} from './saved-name.ts';

/** Images that hold pixels only: SVG is a document, which may hold anything. */
const rasterData = /^data:image\/(png|jpeg|gif|webp|avif|bmp);base64,/i;

/**
 * A file that came with a message: an image where showing it fetches nothing, or from an origin that the page has listed;
 * else a link that the person may follow, with the host that it leads to, so that no name can pass for another site.
 */
export function fileView(file: FilePart, {locale, markdown}: ChatContext): TemplateResult {
  const {url, filename = '', mediaType} = file;
  const name = filename === '' ? locale.t('part.file') : showHidden(filename);
  const image = /^image\//i.test(mediaType) ? imageAddress(url, markdown.imageOrigins) : undefined;
  const label = html`<span class="file-name" dir="auto">${name}</span>`;
  if (image !== undefined) {
    return html`<figure class="picture" part="file file-image">
      <img src=${image} alt=${locale.t('part.image', {name})} loading="lazy" decoding="async" />
      <figcaption>${chip(url, name, label, lateIcons.download, locale)}</figcaption>
    </figure>`;
  }
  const kind = kindOf(file);
  const end = kind === '' ? nothing : html`<span class="file-kind">${kind}</span>`;
  return html`<div class="file" part="file">${chip(url, name, html`${lateIcons.file}${label}`, end, locale)}</div>`;
}

/** What a file is called, and behind it `end`: a link where it may be followed or saved. */
function chip(url: string, name: string, label: TemplateResult, end: TemplateResult | typeof nothing, locale: ChatContext['locale']): TemplateResult {
  // Browsers refuse to open data: URLs as pages, so this can only save the file.
  const saved = /^data:/i.test(url) ? savedName(url, name) : undefined;
  if (saved !== undefined) return html`<a class="chip" href=${url} download=${saved}>${label}${end}<span class="visually-hidden">, ${locale.t('part.download')}</span></a>`;
  const address = vetLink(url, ['https', 'http'], document.baseURI);
  if (!address) return html`<span class="chip">${label}${end}</span>`;
  return html`<a class="chip" href=${address.href} title=${address.href} target="_blank" rel="noopener noreferrer">${label}${end}<bdi class="file-host">${address.host}</bdi></a>`;
}

function imageAddress(url: string, origins: readonly string[]): string | undefined {
  return rasterData.test(url) ? url : vetImage(url, origins, document.baseURI);
}

/** What kind of file it is, in the fewest letters: `PDF`, `PNG`. */
function kindOf({mediaType, filename}: FilePart): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(filename ?? '')?.[1] ?? '';
  const subtype = (mediaType.split('/')[1] ?? '').replace(/^x-|^vnd\.|[;+].*$/g, '');
  const kind = subtype === '' || subtype === 'octet-stream' || subtype.length > 5 ? ending : subtype;
  return showHidden(kind.toUpperCase());
}
