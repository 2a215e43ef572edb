import {html, nothing, type TemplateResult} from 'lit';
import {vetImage, vetLink} from '../../render/safe-url.ts';
import type {FilePart} from '../../session/index.ts';
import {lateIcons} from '../shared/late-icons.ts';
import type {ChatContext} from './chat-context.ts';

/** Images that hold pixels only: SVG is a document, which may hold anything. */
const rasterData = /^data:image\/(png|jpeg|gif|webp|avif|bmp);base64,/i;

/**
 * A file that came with a message: an image where showing it fetches nothing, or from an origin that the page has listed;
 * else a link that the person may follow.
 */
export function fileView(file: FilePart, {locale, markdown}: ChatContext): TemplateResult {
  const {url, filename, mediaType} = file;
  const name = filename === undefined || filename === '' ? locale.t('part.file') : filename;
  const kind = kindOf(file);
  const content = html`${lateIcons.file}<span class="file-name" dir="auto">${name}</span>${kind === '' ? nothing : html`<span class="file-kind">${kind}</span>`}`;
  const image = /^image\//i.test(mediaType) ? imageAddress(url, markdown.imageOrigins) : undefined;
  if (image !== undefined) {
    return html`<figure class="picture" part="file file-image">
      <img src=${image} alt=${locale.t('part.image', {name})} loading="lazy" decoding="async" />
      <figcaption>${linkView(url, filename, html`<span class="file-name" dir="auto">${name}</span>${lateIcons.download}`, locale)}</figcaption>
    </figure>`;
  }
  return html`<div class="file" part="file">${linkView(url, filename, content, locale)}</div>`;
}

function linkView(url: string, filename: string | undefined, content: TemplateResult, locale: ChatContext['locale']): TemplateResult {
  // Browsers refuse to open data: URLs as pages, so this can only save the file.
  if (/^data:/i.test(url)) return html`<a class="chip" href=${url} download=${filename ?? 'file'}>${content}<span class="visually-hidden">, ${locale.t('part.download')}</span></a>`;
  const address = vetLink(url, ['https', 'http'], document.baseURI);
  if (!address) return html`<span class="chip">${content}</span>`;
  return html`<a class="chip" href=${address.href} title=${address.href} target="_blank" rel="noopener noreferrer">${content}</a>`;
}

function imageAddress(url: string, origins: readonly string[]): string | undefined {
  return rasterData.test(url) ? url : vetImage(url, origins, document.baseURI);
}

/** What kind of file it is, in the fewest letters: `PDF`, `PNG`. */
function kindOf({mediaType, filename}: FilePart): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(filename ?? '')?.[1] ?? '';
  const subtype = (mediaType.split('/')[1] ?? '').replace(/^x-|^vnd\.|[;+].*$/g, '');
  const kind = subtype === '' || subtype === 'octet-stream' || subtype.length > 5 ? ending : subtype;
  return kind.toUpperCase();
}
