import '../agent-session/agent-session.ts';
import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {HandoverController} from '../../controllers/handover.ts';
import {KeepFocus} from '../../controllers/keep-focus.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {type Locale, Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import {avatar, avatarStyles} from '../shared/avatar.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {icons} from '../shared/icons.ts';
import {lateIcons} from '../shared/late-icons.ts';
import {lineView} from '../shared/line-view.ts';
import {notice} from '../shared/notice.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {panelStyles} from '../shared/panel.styles.ts';
import {agentHandoverStyles} from './agent-handover.styles.ts';

/**
 * Says that a person answers in the agents' place, and, with `controls`, lets a person take over and hand back. While a
 * person has taken over, agents stand by: messages wait for no agent, and none is woken for them.
 *
 * It reads and writes the key `handover` of the session's shared state, which every page of the session follows that has
 * this element in it. Agents are to honour it: see the guide on agents.
 *
 * @tag agent-handover
 * @csspart handover - Around all of it.
 * @csspart avatar - The initial of whoever has taken over.
 * @csspart who - Who has taken over.
 * @csspart button - Takes over, or hands back.
 * @csspart line - Says that the line is down.
 * @csspart notice - Says why there is no session or no line, or why nobody can take over or hand back here, and what to do.
 * @cssprop [--agent-handover-gap=0] - Space above and below the banner, where there is one.
 * @cssprop [--agent-handover-color] - Tint of the banner; the accent colour when absent.
 * @fires {AgentErrorEvent} agent-error - The session that it opened failed, or a change was refused.
 */
export class AgentHandoverElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, panelStyles, avatarStyles, agentHandoverStyles];
  static override properties = connectionProperties;

  /** Whether this person may take over and hand back here. */
  @property({type: Boolean, reflect: true}) controls = false;

  /** How this person is called when they take over; their client id when absent. */
  @property() name?: string;

  /** Language of the texts, as a BCP 47 tag. */
  @property() locale?: string;

  readonly #source = SessionSource.of(this);
  readonly #handover = new HandoverController(this);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #me = new SessionController(this, (snapshot) => snapshot.clientId);
  readonly #localize = new Localize(this);

  constructor() {
    super();
    new SessionEvents(this);
    // The button that was pressed may be gone; what undoes it is there instead.
    new KeepFocus(this, () => null);
  }

  /**
   * Answers in the agents' place from now on.
   * @throws {SessionError} when it is refused.
   */
  takeOver(): Promise<void> {
    return this.#handover.takeOver(this.name);
  }

  /**
   * Lets the agents answer again, and asks them to answer what was left open.
   * @throws {SessionError} when it is refused.
   */
  handBack(): Promise<void> {
    return this.#handover.handBack();
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    return html`<div class="frame"><div>
      ${lineView(this.#source.state, this.#connection.value, locale)}
      ${this.controls ? this.#problem(locale) : nothing}
      <div role="status" data-list="handover">${this.#view(locale)}</div>
    </div></div>`;
  }

  /** Why it cannot be changed, or was not. */
  #problem(locale: Locale): TemplateResult | typeof nothing {
    const {obstacle, refusal} = this.#handover;
    if (obstacle) return html`<div class="message" role="alert">${notice(locale, obstacle, {title: locale.t('handover.locked'), tone: 'warning'})}</div>`;
    return refusal ? html`<div class="message" role="alert">${notice(locale, refusal, {title: locale.t('handover.refused')})}</div>` : nothing;
  }

  #view(locale: Locale): TemplateResult | typeof nothing {
    const {current, isMine} = this.#handover;
    if (!current) {
      return this.controls && this.#source.session ? html`<div class="handover" part="handover" data-item="buttons">${this.#button('handover.take', () => this.takeOver(), locale)}</div>` : nothing;
    }
    const {name} = current;
    return html`<div class="handover taken" part="handover" data-item="buttons">
      <div class="who" part="who">
        ${avatar(name)}
        <div>
          <b dir="auto">${isMine ? locale.t('handover.mine') : locale.t('handover.other', {name})}</b>
          <span class="detail">${locale.t(isMine ? 'handover.mineDetail' : 'handover.otherDetail')}</span>
        </div>
      </div>
      ${this.controls
        ? isMine
          ? this.#button('handover.back', () => this.handBack(), locale)
          : html`${this.#button('handover.take', () => this.takeOver(), locale)}${this.#button('handover.back', () => this.handBack(), locale)}`
        : nothing}
    </div>`;
  }

  #button(key: 'handover.take' | 'handover.back', act: () => Promise<void>, locale: Locale): TemplateResult {
    // Who cannot act now keeps the focus; a failure is told by an event and by a notice.
    const press = (): void => {
      if (this.#handover.isReady) void act().catch(() => undefined);
    };
    return html`<button type="button" class="text-button" part="button" data-control=${key} aria-disabled=${this.#handover.isReady ? 'false' : 'true'} @click=${press}>
      ${key === 'handover.take' ? lateIcons.hand : icons.retry}${locale.t(key)}
    </button>`;
  }
}

export interface AgentHandoverElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'agent-handover': AgentHandoverElement;
  }
}

define('agent-handover', AgentHandoverElement);
