import {html, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import {shortened} from './shortened.ts';

/** How much of a value is shown: at first, and when the person asks for all of it. */
const limits = {entries: 10, items: 3, allEntries: 500, text: 400, allText: 20_000, depth: 5, brief: 60} as const;

/**
 * A value of an agent's or a tool's, in a form to read: objects as lists of names and values, lists as lists, text as
 * text. What is long is cut, with a button that shows all; what is deeper than anybody reads stands as JSON.
 */
export function valueView(value: unknown, locale: Locale, depth = 0): TemplateResult {
  if (value === undefined || value === null || value === '') return html`<span class="none">${locale.t('value.none')}</span>`;
  if (typeof value === 'string') return textView(value, locale);
  if (typeof value === 'boolean') return html`<span class="word">${locale.t(value ? 'value.yes' : 'value.no')}</span>`;
  if (typeof value !== 'object') return html`<span class="word" dir="ltr">${wordOf(value)}</span>`;
  if (depth >= limits.depth) return textView(jsonText(value), locale);
  if (Array.isArray(value)) return listView(value, locale, depth);
  return fieldsView(Object.entries(value), locale, depth);
}

/** A value in a few words, for a line that tells what something is about; empty where it says nothing. */
export function briefOf(value: unknown, locale: Locale): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') {
    const parts = (Array.isArray(value) ? value : Object.values(value)).filter(isPlain).slice(0, 3);
    return cut(parts.map((part) => briefOf(part, locale)).filter((part) => part !== '').join(' · '), limits.brief);
  }
  if (typeof value === 'boolean') return locale.t(value ? 'value.yes' : 'value.no');
  return cut(wordOf(value).replace(/\s+/g, ' ').trim(), limits.brief);
}

/** A value as indented JSON; in words of its own where JSON has no form for it. */
export function jsonText(value: unknown): string {
  try {
    // Undefined for what JSON leaves out, whatever its type says.
    const text: unknown = JSON.stringify(value, null, 2);
    return typeof text === 'string' ? text : '';
  } catch {
    // Circular, or with numbers that JSON has no form for.
    return '…';
  }
}

function textView(text: string, locale: Locale): TemplateResult {
  const kept = cut(text, limits.allText);
  if (text.length <= limits.brief && !text.includes('\n')) return html`<span class="word" dir="auto">${text}</span>`;
  return html`<div class="long">${shortened({
    total: kept.length,
    limit: limits.text,
    view: (count) => html`<div class="long-text" dir="auto">${cut(kept, count)}</div>${
      count > limits.text && kept.length < text.length ? html`<p class="none">${locale.t('value.cut')}</p>` : ''}`,
    all: locale.t('value.whole'),
    less: locale.t('value.less'),
  })}</div>`;
}

function listView(items: readonly unknown[], locale: Locale, depth: number): TemplateResult {
  if (items.length === 0) return valueView(undefined, locale);
  if (items.every(isPlain) && items.length <= limits.entries) {
    const line = items.map((item) => briefOf(item, locale)).join(', ');
    if (line.length <= 2 * limits.brief) return html`<span class="word" dir="auto">${line}</span>`;
  }
  // Of things with parts, a few tell what the others are.
  return shortenedList(items.length, items.every(isPlain) ? limits.entries : limits.items, locale, (count) => html`<ol class="items">
    ${items.slice(0, count).map((item) => html`<li>${valueView(item, locale, depth + 1)}</li>`)}
  </ol>`);
}

function fieldsView(entries: readonly (readonly [string, unknown])[], locale: Locale, depth: number): TemplateResult {
  if (entries.length === 0) return valueView(undefined, locale);
  return shortenedList(entries.length, limits.entries, locale, (count) => html`<dl class="fields">
    ${entries.slice(0, count).map(([name, value]) => html`<div class=${isPlain(value) ? 'field' : 'field deep'}>
      <dt dir="auto">${name}</dt><dd>${valueView(value, locale, depth + 1)}</dd>
    </div>`)}
  </dl>`);
}

function shortenedList(length: number, limit: number, locale: Locale, view: (count: number) => TemplateResult): TemplateResult {
  return html`${shortened({
    total: Math.min(length, limits.allEntries),
    limit,
    view: (count) => html`${view(count)}${count > limit && length > count ? html`<p class="none">${locale.t('value.cut')}</p>` : ''}`,
    all: locale.t('value.all', {count: length}),
    less: locale.t('value.less'),
  })}`;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** Numbers as they are: they may be codes, which separators would garble. */
function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'symbol' || typeof value === 'function' ? '' : String(value);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Not through the middle of a character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return `${text.slice(0, end)}…`;
}
