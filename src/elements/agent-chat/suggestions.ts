import {html, nothing, type TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import type {SessionMessage} from '../../session/index.ts';
import {notice} from '../shared/notice.ts';
import type {ChatContext} from './chat-context.ts';

/** A prompt that a person may begin with: the text itself, or the text and what its button says. */
export type Starter = string | {readonly label: string; readonly text: string};

/** More than this nobody reads, and no honest agent says. */
const limits = {count: 8, length: 300} as const;

/** Buttons that each say something for the person. */
export function promptChips(kind: 'starters' | 'suggestions', prompts: readonly Starter[], locale: Locale, say: (text: string) => void): TemplateResult | typeof nothing {
  if (prompts.length === 0) return nothing;
  return html`<div class="prompts ${kind}" part=${kind} role="group" aria-label=${locale.t(kind === 'starters' ? 'chat.starters' : 'part.suggestions')}>
    ${prompts.map((prompt) => {
      const {label, text} = typeof prompt === 'string' ? {label: prompt, text: prompt} : prompt;
      return html`<button type="button" class="prompt" part=${kind === 'starters' ? 'starter' : 'suggestion'} dir="auto" @click=${() => say(text)}>${label}</button>`;
    })}
  </div>`;
}

/** The prompts of an empty conversation, and why the last one that was chosen could not be said. */
export function startersView(starters: readonly Starter[], {locale, session, failures, say}: ChatContext): unknown {
  if (!session || starters.length === 0) return nothing;
  const failure = failures.get('starters');
  return html`${promptChips('starters', starters, locale, (text) => say('starters', text))}
    ${failure ? html`<div class="prompts" role="alert">${notice(locale, failure)}</div>` : nothing}`;
}

/** What an agent suggests to say next: the newest part `data-suggestions`, `{suggestions: string[]}`, of its message. */
export function suggestionsOf({parts}: SessionMessage): readonly string[] {
  const part = parts.findLast(({type}) => type === 'data-suggestions');
  const data: unknown = part && 'data' in part ? part.data : undefined;
  const suggestions: unknown = typeof data === 'object' && data !== null && 'suggestions' in data ? data.suggestions : undefined;
  if (!Array.isArray(suggestions)) return [];
  return suggestions
    .filter((text): text is string => typeof text === 'string' && text.trim() !== '' && text.length <= limits.length)
    .slice(0, limits.count);
}
