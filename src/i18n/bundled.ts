import {warnOnce} from '../internal/warn.ts';
import {addBundled, type Catalogue} from './registry.ts';

/** The languages that come with the library beside English. Each is a chunk of its own, loaded when an element needs it. */
export const bundled: Readonly<Record<string, () => Promise<Catalogue>>> = {
  ar: async () => (await import('./ar.ts')).ar,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  ja: async () => (await import('./ja.ts')).ja,
  pt: async () => (await import('./pt.ts')).pt,
  zh: async () => (await import('./zh.ts')).zh,
};

const loads = new Map<string, Promise<void>>();

/** Loads the texts of a tag's language, once, if the library brings them. Elements follow when they are there. */
export function loadLanguage(tag: string): Promise<void> {
  const language = tag.toLowerCase().split('-')[0] ?? '';
  const load = Object.hasOwn(bundled, language) ? bundled[language] : undefined;
  if (!load) return Promise.resolve();
  const loading = loads.get(language) ?? load().then(
    (texts) => addBundled(language, texts),
    (error: unknown) => {
      loads.delete(language); // The next element that needs it tries again.
      warnOnce(`Texts show in English, because those for "${language}" could not be loaded: ${String(error)}. See that the library's folder lies beside the script.`);
    },
  );
  loads.set(language, loading);
  return loading;
}
