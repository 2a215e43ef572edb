import type {en} from './en.ts';
import {hasCatalogue, textFor, type TextKey} from './registry.ts';
import {fill, type ParametersOf} from './text.ts';

type Arguments<K extends TextKey> = [ParametersOf<(typeof en)[K]>] extends [never]
  ? []
  : [Readonly<Record<ParametersOf<(typeof en)[K]>, string | number>>];

const dayMs = 86_400_000;

/** One language: its texts, and how it writes numbers, times and days. */
export class Locale {
  /** The BCP 47 tag that numbers and dates are written by. */
  readonly tag: string;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;
  readonly #relative: Intl.RelativeTimeFormat;

  constructor(tag: string) {
    this.tag = supportedTag(tag);
    this.#plural = new Intl.PluralRules(this.tag);
    this.#number = new Intl.NumberFormat(this.tag);
    this.#percent = new Intl.NumberFormat(this.tag, {style: 'percent'});
    this.#time = new Intl.DateTimeFormat(this.tag, {timeStyle: 'short'});
    this.#moment = new Intl.DateTimeFormat(this.tag, {dateStyle: 'long', timeStyle: 'short'});
    this.#relative = new Intl.RelativeTimeFormat(this.tag, {numeric: 'auto'});
  }

  /** The text of a key, with its parameters filled in. */
  t<K extends TextKey>(key: K, ...[parameters]: Arguments<K>): string {
    return fill(textFor(this.tag, key), parameters ?? {}, this.#plural, this.#number);
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** A share of 1. */
  percent(share: number): string {
    return this.#percent.format(share);
  }

  /** A size of data, of a number of bytes. */
  bytes(count: number): string {
    const power = count < 1000 ? 0 : count < 1_000_000 ? 1 : 2;
    const size = count / 1000 ** power;
    const unit = ['byte', 'kilobyte', 'megabyte'][power];
    return new Intl.NumberFormat(this.tag, {style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: size < 10 ? 1 : 0}).format(size);
  }

  /** The time of day. */
  time(time: number): string {
    return this.#time.format(time);
  }

  /** Day and time, in words that need no context. */
  moment(time: number): string {
    return this.#moment.format(time);
  }

  /** A day as people name it: today, yesterday, else its date; `day` and `today` are starts of local days. */
  day(day: number, today: number): string {
    const distance = Math.round((day - today) / dayMs);
    if (distance === 0 || distance === -1) return this.#capitalised(this.#relative.format(distance, 'day'));
    const sameYear = new Date(day).getFullYear() === new Date(today).getFullYear();
    return new Intl.DateTimeFormat(this.tag, {
      weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : {year: 'numeric'}),
    }).format(day);
  }

  /** How long ago something was, in ms: `now`, `3 minutes ago`. */
  ago(ms: number): string {
    const minutes = Math.floor(Math.max(ms, 0) / 60_000);
    if (minutes < 1) return this.#relative.format(0, 'second');
    if (minutes < 60) return this.#relative.format(-minutes, 'minute');
    const hours = Math.floor(minutes / 60);
    return hours < 24 ? this.#relative.format(-hours, 'hour') : this.#relative.format(-Math.floor(hours / 24), 'day');
  }

  /** How long something took, in ms, to the second: `12 sec`, `1 min 5 sec`. */
  duration(ms: number): string {
    const seconds = Math.max(Math.round(ms / 1000), 1);
    const unit = (name: string, value: number): string =>
      new Intl.NumberFormat(this.tag, {style: 'unit', unit: name, unitDisplay: 'short'}).format(value);
    const minutes = Math.floor(seconds / 60);
    const rest = seconds % 60;
    return [...(minutes > 0 ? [unit('minute', minutes)] : []), ...(rest > 0 ? [unit('second', rest)] : [])].join(' ');
  }

  /** Names in a row: `ana, ben and cleo`, or `ana, ben or cleo`. */
  names(names: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
    return new Intl.ListFormat(this.tag, {type}).format(names);
  }

  #capitalised(text: string): string {
    return text.slice(0, 1).toLocaleUpperCase(this.tag) + text.slice(1);
  }
}

/** Dates in a language that the texts are not in would mix two languages, so both fall back together. */
function supportedTag(tag: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical !== undefined && hasCatalogue(canonical) ? canonical : 'en';
  } catch {
    return 'en';
  }
}
