import {de} from './de.ts';
import {registerLocale} from './registry.ts';

export {Locale} from './locale.ts';
export {Localize} from './localize.ts';
export {type Catalogue, registerLocale, type TextKey} from './registry.ts';
export type {PluralText, LocaleText} from './text.ts';

registerLocale('de', de);
