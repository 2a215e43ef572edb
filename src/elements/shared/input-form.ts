import {html, type TemplateResult} from 'lit';
import {live} from 'lit/directives/live.js';
import type {ApprovalDraft, ApprovalProblem} from '../../controllers/approval-desk.ts';
import type {Locale} from '../../i18n/index.ts';
import {jsonText} from './value-view.ts';

/** More fields than this are easier changed as JSON. */
const maxFields = 16;
/** Longer texts get a field of several lines. */
const lineLength = 60;

type Flat = Readonly<Record<string, string | number | boolean>>;

/** What a person begins to change a tool's input from. */
export function draftOf(input: unknown): ApprovalDraft {
  const flat = flatInput(input);
  const fields = Object.entries(flat ?? {}).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value] as const);
  return {reason: '', fields: Object.fromEntries(fields), json: flat ? '' : jsonText(input)};
}

/** The input that a draft says, or why it says none. */
export function inputOf(original: unknown, {fields, json}: ApprovalDraft, locale: Locale): {readonly input: unknown} | ApprovalProblem {
  const flat = flatInput(original);
  if (!flat) return parsed(json);
  const input: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(flat)) {
    const typed = fields[name] ?? '';
    if (typeof value === 'number') {
      // As it was proposed, it stands in its field as JSON writes it.
      const number = typed === String(value) ? value : numberOf(String(typed).trim(), locale);
      if (!Number.isFinite(number)) return {type: 'bad-number', field: name};
      input[name] = number;
    } else {
      input[name] = typed;
    }
  }
  return {input};
}

/**
 * The number that was typed; NaN where it is none or could be two. A comma is a decimal sign only where the language
 * writes one: “1,500” is fifteen hundred in English, as “1.500” is in German.
 */
function numberOf(text: string, locale: Locale): number {
  const hasComma = locale.number(1.5).includes(',');
  if (text === '' || (hasComma && /^[+-]?[1-9]\d{0,2}(\.\d{3})+$/.test(text))) return NaN;
  return Number(hasComma ? text.replace(',', '.') : text);
}

/** The fields in which an input can be changed: one for each value of a flat object, else one for its JSON. */
export function inputFields(original: unknown, draft: ApprovalDraft, {locale, problem}: {locale: Locale; problem: ApprovalProblem | undefined}): TemplateResult {
  const flat = flatInput(original);
  if (!flat) return jsonField(draft, locale, problem !== undefined);
  return html`${Object.entries(flat).map(([name, value], index) => {
    const isFirst = problem?.type === 'bad-number' ? problem.field === name : index === 0;
    return field(name, value, draft, isFirst, problem?.type === 'bad-number' && problem.field === name);
  })}`;
}

function field(name: string, original: string | number | boolean, {fields}: ApprovalDraft, isFirst: boolean, isWrong: boolean): TemplateResult {
  const onInput = ({currentTarget}: Event): void => {
    // Bound to the three kinds of fields below only.
    const control = currentTarget as HTMLInputElement | HTMLTextAreaElement;
    fields[name] = control instanceof HTMLInputElement && control.type === 'checkbox' ? control.checked : control.value;
  };
  if (typeof original === 'boolean') {
    return html`<label class="box"><input type="checkbox" ?data-first=${isFirst} .checked=${live(fields[name] === true)} @change=${onInput} /><span dir="auto">${name}</span></label>`;
  }
  const text = String(fields[name] ?? '');
  const isLong = typeof original === 'string' && (original.length > lineLength || original.includes('\n'));
  return html`<label class="typed"><span dir="auto">${name}</span>${isLong
    ? html`<textarea rows="3" dir="auto" ?data-first=${isFirst} .value=${live(text)} @input=${onInput}></textarea>`
    : html`<input
        type="text"
        dir="auto"
        inputmode=${typeof original === 'number' ? 'decimal' : 'text'}
        autocomplete="off"
        aria-invalid=${isWrong ? 'true' : 'false'}
        ?data-first=${isFirst}
        .value=${live(text)}
        @input=${onInput}
      />`}</label>`;
}

function jsonField(draft: ApprovalDraft, locale: Locale, isWrong: boolean): TemplateResult {
  const onInput = ({currentTarget}: Event): void => {
    if (currentTarget instanceof HTMLTextAreaElement) draft.json = currentTarget.value;
  };
  return html`<label class="typed"><span>${locale.t('approval.json')}</span>
    <textarea class="code" rows="8" dir="ltr" spellcheck="false" data-first aria-invalid=${isWrong ? 'true' : 'false'} .value=${live(draft.json)} @input=${onInput}></textarea>
  </label>`;
}

function parsed(json: string): {readonly input: unknown} | ApprovalProblem {
  try {
    return {input: JSON.parse(json)};
  } catch (cause) {
    return {type: 'bad-json', reason: cause instanceof Error ? cause.message : String(cause)};
  }
}

function flatInput(input: unknown): Flat | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
  const entries = Object.entries(input);
  const isFlat = entries.length > 0 && entries.length <= maxFields
    && entries.every(([, value]) => typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)));
  // Every value was just seen to be one of the three.
  return isFlat ? (input as Flat) : undefined;
}
