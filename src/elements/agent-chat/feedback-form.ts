import {html, nothing, type TemplateResult} from 'lit';
import type {SessionMessage} from '../../session/index.ts';
import {isComposing} from '../shared/composing.ts';
import type {ChatContext} from './chat-context.ts';

/** Asks for a word more, once the person has said whether it was good; they need not give one. */
export function feedbackForm({id}: SessionMessage, {locale, rows, judge}: ChatContext): TemplateResult | typeof nothing {
  const {feedback} = rows.of(id);
  if (!feedback) return nothing;
  if (feedback.state === 'thanked') return html`<p class="thanks" role="status">${locale.t('feedback.thanks')}</p>`;
  const {rating, draft} = feedback;
  const close = ({currentTarget}: Event): void => {
    returnFocus(currentTarget);
    rows.change(id, {feedback: {...feedback, state: 'thanked'}});
  };
  return html`<form
    class="feedback"
    part="feedback-form"
    aria-label=${locale.t('feedback.label')}
    @submit=${(event: Event) => {
      event.preventDefault();
      if (draft.text.trim() === '') {
        close(event);
        return;
      }
      returnFocus(event.currentTarget);
      judge(id, rating, draft.text.trim());
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isComposing(event)) return;
      event.preventDefault();
      event.stopPropagation();
      close(event);
    }}
  >
    <label class="typed"><span>${locale.t('feedback.text')}</span><input type="text" dir="auto" autocomplete="off" .value=${draft.text} @input=${({currentTarget}: Event) => {
      if (currentTarget instanceof HTMLInputElement) draft.text = currentTarget.value;
    }} /></label>
    <div class="approval-actions">
      <button type="submit" class="text-button">${locale.t('feedback.send')}</button>
      <button type="button" class="text-button" @click=${close}>${locale.t('feedback.cancel')}</button>
    </div>
  </form>`;
}

/** To the button that says how the answer was: the form, which has the focus, goes. */
function returnFocus(inside: EventTarget | null): void {
  if (inside instanceof Element) inside.closest('article')?.querySelector<HTMLElement>('[part~="feedback-button"][aria-pressed="true"]')?.focus();
}
