import {html, type TemplateResult} from 'lit';
import type {SessionMessage} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import type {ChatContext} from './chat-context.ts';

/** Whether an answer was good. */
export function feedbackButtons({id}: SessionMessage, {locale, rows, judge}: ChatContext): TemplateResult {
  const given = rows.of(id).feedback?.rating;
  const button = (rating: 'up' | 'down'): TemplateResult => {
    const label = locale.t(`feedback.${rating}`);
    return html`<button
      type="button"
      class="icon-button"
      part="feedback-button feedback-${rating}"
      aria-label=${label}
      title=${label}
      aria-pressed=${given === rating ? 'true' : 'false'}
      @click=${() => judge(id, rating)}
    >${rating === 'up' ? icons.thumbUp : icons.thumbDown}</button>`;
  };
  return html`${button('up')}${button('down')}`;
}
