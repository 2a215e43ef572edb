import {html, type TemplateResult} from 'lit';
import type {ReasoningPart} from '../../session/index.ts';
import {fold} from '../shared/fold.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import type {ChatContext} from './chat-context.ts';

export interface ReasoningViewOptions {
  readonly messageId: string;
  /** Its place among the parts of the message. */
  readonly index: number;
  /** Whether the agent is reasoning now. */
  readonly isActive: boolean;
  readonly context: ChatContext;
}

/** What an agent thought on its way: open while it goes on, then folded to a line with the time that it took. */
export function reasoningView({text}: ReasoningPart, {messageId, index, isActive, context}: ReasoningViewOptions): TemplateResult {
  const {locale, folds, reasoning} = context;
  const duration = reasoning.durationOf(messageId, index);
  const title = isActive ? locale.t('part.reasoningNow')
    : duration === undefined ? locale.t('part.reasoning') : locale.t('part.reasoned', {time: locale.duration(duration)});
  return html`<details class="fold reasoning ${isActive ? 'active' : ''}" part="details reasoning" ${fold(`${messageId} ${index}`, isActive, folds)}>
    <summary part="summary">${lateIcons.thought}<span class="title">${title}</span><span class="fold-mark">${icons.chevron}</span></summary>
    <div class="fold-body"><div class="plain">${text}</div></div>
  </details>`;
}
