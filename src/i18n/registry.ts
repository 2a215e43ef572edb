import {Listeners, type Unsubscribe} from '../internal/listeners.ts';
import {en} from './en.ts';
import type {LocaleText} from './text.ts';

export type TextKey = keyof typeof en;

/** All texts in one language. */
export type Catalogue = Readonly<Record<TextKey, LocaleText>>;

const catalogues = new Map<string, Partial<Catalogue>>([['en', en]]);
const changes = new Listeners<undefined>();

/**
 * Adds a language, or changes texts of one. Texts that are not given come from the language without its region, then
 * from English. Elements on the page follow at once.
 * @param tag a BCP 47 language tag, such as `fr` or `pt-BR`.
 */
export function registerLocale(tag: string, texts: Partial<Catalogue>): void {
  const key = tag.toLowerCase();
  catalogues.set(key, {...catalogues.get(key), ...texts});
  changes.notify(undefined);
}

/** Adds a language that the library brings; what the page has registered for it stands. */
export function addBundled(language: string, texts: Catalogue): void {
  catalogues.set(language, {...texts, ...catalogues.get(language)});
  changes.notify(undefined);
}

export function onLocaleRegistered(listener: () => void): Unsubscribe {
  return changes.add(listener);
}

/** The text of a key in the language of a tag, or in the nearest one there is. */
export function textFor(tag: string, key: TextKey): LocaleText {
  let language = tag.toLowerCase();
  while (language !== '') {
    const text = catalogues.get(language)?.[key];
    if (text !== undefined) return text;
    language = language.slice(0, Math.max(0, language.lastIndexOf('-')));
  }
  return en[key];
}

/** Whether there is any catalogue for a tag or for the language it is of. */
export function hasCatalogue(tag: string): boolean {
  const key = tag.toLowerCase();
  return catalogues.has(key) || catalogues.has(key.split('-')[0] ?? '');
}
