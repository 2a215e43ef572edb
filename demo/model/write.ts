import {type Phrases, phrases} from './phrases.ts';
import type {Place, Sight} from './places.ts';
import {understand, type Topic, type Wish} from './understand.ts';

/** An answer, before it is cut into tokens. */
export interface Reply {
  readonly text: string;
  /** How many times slower than usual it comes. */
  readonly slowdown: number;
  /** The part of the text, from 0 to 1, after which the model fails. */
  readonly failsAfter?: number;
  /** Where what it says can be looked up. */
  readonly sources?: readonly {readonly url: string; readonly title: string}[];
}

/** What to say to a conversation of which these are the person's messages, oldest first. */
export function replyTo(messages: readonly string[]): Reply {
  const {wish, ask, isSlow} = understand(messages);
  const say = phrases[wish.language];
  const slowdown = isSlow ? 8 : 1;
  switch (ask.type) {
    case 'greeting':
      return {text: say.greeting, slowdown};
    case 'thanks':
      return {text: say.thanks(wish.place && nameOf(wish.place, wish)), slowdown};
    case 'plan':
      return {text: wish.place ? plan(wish.place, wish, say) : say.whereTo, slowdown, sources: sourcesOf(wish)};
    case 'topic':
      return {text: about(ask.topic, wish, say), slowdown};
    case 'fail':
      return {text: say.greeting, slowdown, failsAfter: 0.4};
    case 'long':
      return {text: longText(ask.paragraphs), slowdown};
    case 'unknown':
      return {text: say.unknown, slowdown};
  }
}

function sourcesOf({place, length}: Wish): Reply['sources'] {
  if (!place || place.site === '' || length === 'short') return [];
  return [{url: place.site, title: new URL(place.site).hostname.replace('www.', '')}];
}

function nameOf(place: Place, {language}: Wish): string {
  return language === 'de' ? place.germanName : place.name;
}

function daysOf({days}: Wish): number {
  return days ?? 3;
}

/** Three sights a day; a longer trip comes back to the first ones. */
function daysOfSights(place: Place, count: number): readonly (readonly Sight[])[] {
  return Array.from({length: count}, (_day, day) =>
    [0, 1, 2].flatMap((slot) => place.sights[(day * 3 + slot) % place.sights.length] ?? []),
  );
}

function plan(place: Place, wish: Wish, say: Phrases): string {
  const name = nameOf(place, wish);
  const days = daysOfSights(place, daysOf(wish));
  const body = wish.form === 'table' ? table(days, say) : days.map((sights, index) => dayText(sights, index, wish, say)).join('\n\n');
  return blocks(
    `## ${say.title(days.length, name)}`,
    !wish.isKnownPlace && say.noNotes(name),
    wish.isKnownPlace && wish.length !== 'short' && say.intro(name, place.areaToStay),
    body,
    wish.length === 'long' && place.dish !== '' && say.detail(place.dish, place.transit),
    (wish.budget !== undefined || wish.currency !== undefined || wish.length === 'long') && costs(place, wish, say),
    wish.length !== 'short' && place.site !== '' && say.site(name, place.site),
    wish.length !== 'short' && say.next,
  );
}

function dayText(sights: readonly Sight[], index: number, wish: Wish, say: Phrases): string {
  if (wish.length === 'short') return `**${say.day(index + 1)}:** ${sights.map((sight) => shortName(sight, say)).join(' · ')}`;
  const lines = sights.map((sight, slot) => `- *${say.slots[slot] ?? ''}:* ${sentence(sight, say)}${price(sight, wish, say)}`);
  return `### ${say.day(index + 1)}\n\n${lines.join('\n')}`;
}

function sentence(sight: Sight, say: Phrases): string {
  return sight.name === '' ? say.generic[sight.kind] : say.sight[sight.kind](sight.name);
}

function shortName(sight: Sight, say: Phrases): string {
  return sight.name === '' ? say.generic[sight.kind].replace(/[;.].*$/, '') : sight.name;
}

function price(sight: Sight, wish: Wish, say: Phrases): string {
  return sight.euros > 0 && wish.length === 'long' ? ` (${say.ticket(money(sight.euros, wish))})` : '';
}

function table(days: readonly (readonly Sight[])[], say: Phrases): string {
  const rows = days.map((sights, index) => [String(index + 1), ...sights.map((sight) => shortName(sight, say))]);
  return markdownTable(say.tableHead, rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_cell, index) => (index === 0 ? '---' : ':---'))), ...rows.map(line)].join('\n');
}

const perEuro = {'€': 1, '$': 1.1, '£': 0.86};

function money(euros: number, {budget, currency: wanted}: Wish): string {
  const currency = wanted ?? budget?.currency ?? '€';
  const amount = Math.round(euros * perEuro[currency]);
  return currency === '€' ? `${amount} €` : `${currency}${amount}`;
}

function costs(place: Place, wish: Wish, say: Phrases): string {
  const days = daysOf(wish);
  const nights = Math.max(days - 1, 1);
  const room = (nights * place.roomEuros) / 2;
  const daily = days * place.dailyEuros;
  const tickets = daysOfSights(place, days).flat().reduce((sum, sight) => sum + sight.euros, 0);
  const total = room + daily + tickets;
  const [roomLabel, dailyLabel, ticketsLabel, totalLabel] = say.costRows;
  const rows = [
    [`${roomLabel}, ${say.nights(nights)}`, money(room, wish)],
    [dailyLabel, money(daily, wish)],
    [ticketsLabel, money(tickets, wish)],
    [`**${totalLabel}**`, `**${money(total, wish)}**`],
  ];
  return blocks(`### ${say.costsTitle}`, markdownTable(say.costHead, rows), verdict(total, wish, say));
}

function verdict(total: number, wish: Wish, say: Phrases): string | false {
  if (!wish.budget) return false;
  const left = wish.budget.amount / perEuro[wish.budget.currency] - total;
  if (left >= 0) return say.within(money(total, wish), money(left, wish));
  return say.above(money(total, wish), money(-left, wish), say.saving);
}

function about(topic: Topic, wish: Wish, say: Phrases): string {
  const {place} = wish;
  if (topic === 'recall') return recall(wish, say);
  if (!place) return say.whereTo;
  const name = nameOf(place, wish);
  if (topic === 'costs') return costs(place, wish, say);
  if (topic === 'packing') return blocks(`### ${name}`, say.packing);
  if (!wish.isKnownPlace) return say.noDetail(name);
  const text = {
    food: () => say.food(place.dish),
    stay: () => say.stay(place.areaToStay, money(place.roomEuros, wish)),
    transit: () => say.transit(place.transit),
  }[topic]();
  return blocks(`### ${name}`, text);
}

function recall(wish: Wish, say: Phrases): string {
  const facts = [
    wish.place && `- **${say.facts.place}:** ${nameOf(wish.place, wish)}`,
    wish.days !== undefined && `- **${say.facts.days}:** ${say.nights(Math.max(wish.days - 1, 1))}`,
    wish.budget && `- **${say.facts.budget}:** ${money(wish.budget.amount / perEuro[wish.budget.currency], wish)}`,
  ].filter((fact) => typeof fact === 'string');
  return facts.length === 0 ? say.recallNothing : say.recall(facts.join('\n'));
}

/** A long text whose every sentence is numbered, so that a gap or a repetition can be seen. */
function longText(paragraphs: number): string {
  const paragraph = (number: number): string =>
    [1, 2, 3, 4]
      .map((part) => `Sentence ${number}.${part} tells of a street that leads from the harbour to the hill, with *shade* on one side.`)
      .join(' ');
  const body = Array.from({length: paragraphs}, (_paragraph, index) => `### Part ${index + 1} of ${paragraphs}\n\n${paragraph(index + 1)}`);
  return body.join('\n\n');
}

function blocks(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string').join('\n\n');
}
