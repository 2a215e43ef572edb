import {html, nothing, type TemplateResult} from 'lit';
import {repeat} from 'lit/directives/repeat.js';
import type {Locale} from '../../i18n/index.ts';
import {avatar} from '../shared/avatar.ts';
import {countStates, countWords, markOf, type ShownState, type Somebody} from './somebody.ts';

/** How many avatars are drawn before the rest is counted. */
const avatarsShown = 6;

/** One line: what the one that is shown does, or how many do what. */
export function lineVariant(all: readonly Somebody[], locale: Locale): TemplateResult {
  const [only, ...others] = all;
  if (only && others.length === 0) {
    return html`<p class="one line" part="row" data-state=${only.state}>
      ${mark(only.state)}<bdi class="name" part="name">${only.name}</bdi><span class="word" part="state">${locale.t(`status.${only.state}`)}</span>${sinceView(only, locale)}
    </p>`;
  }
  return html`<p class="line" part="row">
    ${countStates(all).map(({state, count}) => html`<span class="count" data-state=${state}>${mark(state)}<span part="state">${countWords(state, count, locale)}</span></span>`)}
  </p>`;
}

/** A pill each. */
export function badgeVariant(all: readonly Somebody[], label: string, locale: Locale): TemplateResult {
  return html`<ul class="badges" part="list" aria-label=${label}>${repeat(all, ({key}) => key, ({name, state}) => html`
    <li class="badge" part="row" data-state=${state} title=${name}>
      ${mark(state)}<bdi class=${all.length > 1 ? 'name' : 'visually-hidden'} part="name">${name}</bdi><span class="word" part="state">${locale.t(`status.${state}`)}</span>
    </li>`)}</ul>`;
}

/** A row each. */
export function listVariant(all: readonly Somebody[], label: string, locale: Locale): TemplateResult {
  return html`<ul class="list" part="list" aria-label=${label}>${repeat(all, ({key}) => key, (one) => html`
    <li class="row" part="row" data-state=${one.state}>
      ${face(one)}
      <div class="about">
        <bdi class="name" part="name">${one.name}</bdi>
        <p class="doing"><span class="word" part="state">${locale.t(`status.${one.state}`)}</span>${sinceView(one, locale)}</p>
        ${one.error ? html`<p class="why" part="reason" dir="auto">${one.error.message}</p>` : nothing}
      </div>
    </li>`)}</ul>`;
}

/** A face each; what they do is said by the mark on it, its tip and to who listens. */
export function avatarsVariant(all: readonly Somebody[], label: string, locale: Locale): TemplateResult {
  const rest = all.length - avatarsShown;
  return html`<ul class="avatars" part="list" aria-label=${label}>
    ${repeat(rest > 1 ? all.slice(0, avatarsShown) : all, ({key}) => key, (one) => {
      const text = `${one.name}: ${locale.t(`status.${one.state}`)}`;
      return html`<li part="row" data-state=${one.state} title=${text}>${face(one)}<span class="visually-hidden">${text}</span></li>`;
    })}
    ${rest > 1 ? html`<li class="rest"><span dir="ltr" aria-hidden="true">+${locale.number(rest)}</span><span class="visually-hidden">${locale.t('status.more', {count: rest})}</span></li>` : nothing}
  </ul>`;
}

function face({name, state}: Somebody): TemplateResult {
  return html`<span class="face">${avatar(name)}${mark(state)}</span>`;
}

function mark(state: ShownState): TemplateResult {
  return html`<span class="mark ${state}" part="mark">${markOf(state)}</span>`;
}

function sinceView({since, state}: Somebody, locale: Locale): TemplateResult | typeof nothing {
  if (since === undefined || state === 'failed') return nothing;
  return html`<time class="since" dir="auto" part="since" datetime=${new Date(since).toISOString()} title=${locale.moment(since)}>${locale.t('status.since', {time: locale.time(since)})}</time>`;
}
