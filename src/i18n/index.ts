export {loadLanguage} from './bundled.ts';
export {Locale} from './locale.ts';
export {Localize} from './localize.ts';
export {type Catalogue, registerLocale, type TextKey} from './registry.ts';
export type {PluralText, LocaleText} from './text.ts';
