import {html, nothing, type TemplateResult} from 'lit';
import {type SessionMessage, textOf} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';
import type {ChatContext} from './chat-context.ts';
import {feedbackButtons} from './feedback-view.ts';

/** The buttons under an answer. One that is not finished can be left for another version, and no more. */
export function answerTools(message: SessionMessage, context: ChatContext, {isAnswerEnd, isUnfinished, isAnswering}: {
  isAnswerEnd: boolean;
  isUnfinished: boolean;
  /** Whether another answer is being written, which asking again would stop. */
  isAnswering: boolean;
}): TemplateResult | typeof nothing {
  const {locale, isReadonly, act} = context;
  const hasText = !isUnfinished && message.parts.some((part) => part.type === 'text' && part.text.trim() !== '');
  const hasFeedback = context.hasFeedback && !isUnfinished;
  if (!hasText && (isReadonly || isUnfinished) && !message.branch) return nothing;
  const again = locale.t(isAnswering ? 'message.regenerateStops' : 'message.regenerate');
  return html`<footer class="tools" part="actions">
      ${hasText ? copyView(message, context) : nothing}
      ${isReadonly || isUnfinished || !isAnswerEnd ? nothing : html`<button type="button" class="icon-button" part="regenerate-button" aria-label=${again} title=${again} @click=${() => act(message.id, {type: 'regenerate', messageId: message.id})}>${icons.retry}</button>`}
      ${hasFeedback ? feedbackButtons(message, context) : nothing} ${branchView(message, context)}
    </footer>
    ${hasFeedback ? context.cards?.feedbackForm(message, context) : nothing}`;
}

/** The buttons under what a person said. */
export function personTools(message: SessionMessage, context: ChatContext): TemplateResult | typeof nothing {
  const {locale, isReadonly, rows} = context;
  const canEdit = !isReadonly && message.mine && message.delivery === 'sent' && message.steer === undefined;
  if (!canEdit && !message.branch) return nothing;
  const label = locale.t('edit.start');
  return html`<footer class="tools own-tools" part="actions">
    ${canEdit
      ? html`<button
          type="button"
          class="icon-button"
          part="edit-button"
          aria-label=${label}
          title=${label}
          @click=${() => rows.change(message.id, {editor: {draft: {text: textOf(message)}, error: undefined, isBusy: false}})}
        >${icons.edit}</button>`
      : nothing}
    ${branchView(message, context)}
  </footer>`;
}

/** Which of several messages in one place is shown, and the way to the others. */
function branchView(message: SessionMessage, {locale, select}: ChatContext): TemplateResult | typeof nothing {
  const {branch} = message;
  if (!branch) return nothing;
  const {index, count} = branch;
  const onKeydown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const forward = event.currentTarget instanceof Element && event.currentTarget.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    select(message, event.key === forward ? 1 : -1);
  };
  const button = (step: -1 | 1, isEnd: boolean): TemplateResult => {
    const label = locale.t(step === -1 ? 'branch.previous' : 'branch.next');
    // Not disabled, which would take the focus from whoever has come to the end.
    return html`<button
      type="button"
      class="icon-button flips"
      part="branch-button"
      data-step=${step}
      aria-label=${label}
      title=${label}
      aria-disabled=${isEnd ? 'true' : 'false'}
      @click=${() => select(message, step)}
    >${step === -1 ? icons.previous : icons.chevron}</button>`;
  };
  return html`<div class="branch" part="branch" role="group" aria-label=${locale.t('branch.label')} @keydown=${onKeydown}>
    ${button(-1, index === 0)}<span class="branch-place" part="branch-place" dir="auto">${locale.t('branch.of', {index: index + 1, count})}</span>${button(1, index === count - 1)}
  </div>`;
}

function copyView(message: SessionMessage, {locale, rows, copy}: ChatContext): TemplateResult {
  const {copied, isMenuOpen} = rows.of(message.id);
  const label = locale.t(copied === undefined ? 'message.copy' : copied === 'copied' ? 'message.copied' : 'message.copyFailed');
  const choose = (form: 'text' | 'markdown') => ({currentTarget}: Event): void => {
    opener(currentTarget)?.focus();
    rows.change(message.id, {isMenuOpen: false});
    copy(message, form);
  };
  const more = locale.t('message.copyAs');
  return html`<div class="copy" @focusout=${({currentTarget, relatedTarget}: FocusEvent) => {
      const isInside = currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
      if (rows.of(message.id).isMenuOpen && !isInside) rows.change(message.id, {isMenuOpen: false});
    }} @keydown=${(event: KeyboardEvent) => menuKey(event, () => rows.change(message.id, {isMenuOpen: false}))}>
    <button type="button" class="icon-button" part="copy-button" aria-label=${label} title=${label} @click=${() => copy(message, 'markdown')}>
      ${copied === 'copied' ? icons.check : icons.copy}
    </button>
    <button
      type="button"
      class="icon-button narrow"
      part="copy-menu-button"
      aria-label=${more}
      title=${more}
      aria-haspopup="menu"
      aria-expanded=${isMenuOpen ? 'true' : 'false'}
      @click=${({currentTarget}: Event) => openMenu(currentTarget, () => rows.change(message.id, {isMenuOpen: !isMenuOpen}))}
    >${icons.caret}</button>
    ${isMenuOpen
      ? html`<div class="menu" part="copy-menu" role="menu" aria-label=${more}>
          <button type="button" role="menuitem" tabindex="-1" @click=${choose('text')}>${locale.t('message.copyText')}</button>
          <button type="button" role="menuitem" tabindex="-1" @click=${choose('markdown')}>${locale.t('message.copyMarkdown')}</button>
        </div>`
      : nothing}
  </div>
  ${copied ? html`<span class="outcome" aria-hidden="true">${label}</span>` : nothing}`;
}

function opener(inside: EventTarget | null): HTMLElement | null {
  return inside instanceof Element ? (inside.closest('.copy')?.querySelector<HTMLElement>('[aria-haspopup]') ?? null) : null;
}

/** Opens or closes the menu, and goes to its first choice. */
function openMenu(button: EventTarget | null, toggle: () => void): void {
  toggle();
  if (!(button instanceof Element)) return;
  const root = button.getRootNode();
  const host = root instanceof ShadowRoot ? (root.host as Element & {updateComplete?: Promise<unknown>}) : undefined;
  void host?.updateComplete?.then(() => button.parentElement?.querySelector<HTMLElement>('[role="menuitem"]')?.focus());
}

function menuKey(event: KeyboardEvent, close: () => void): void {
  const menu = event.currentTarget instanceof Element ? event.currentTarget.querySelector('[role="menu"]') : null;
  if (!menu || !(event.target instanceof HTMLElement)) return;
  const choices = [...menu.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const here = choices.indexOf(event.target);
  switch (event.key) {
    case 'Escape':
      opener(menu)?.focus();
      close();
      break;
    case 'ArrowDown':
      choices[(here + 1) % choices.length]?.focus();
      break;
    case 'ArrowUp':
      choices.at(here <= 0 ? -1 : here - 1)?.focus();
      break;
    case 'Home':
      choices[0]?.focus();
      break;
    case 'End':
      choices.at(-1)?.focus();
      break;
    default:
      return;
  }
  event.preventDefault();
  event.stopPropagation();
}
