import '../agent-session/agent-session.ts';
import {html, LitElement, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {type ConnectionProperties, connectionProperties} from '../../controllers/connection-properties.ts';
import {PoliteRegion} from '../../controllers/polite-region.ts';
import {SessionController} from '../../controllers/session-controller.ts';
import {SessionEvents} from '../../controllers/session-events.ts';
import {SessionSource} from '../../controllers/session-source.ts';
import {StatusChanges} from '../../controllers/status-changes.ts';
import {type Locale, Localize} from '../../i18n/index.ts';
import {define} from '../../internal/define.ts';
import type {AgentSnapshot} from '../../session/index.ts';
import {avatarStyles} from '../shared/avatar.ts';
import {baseStyles} from '../shared/base.styles.ts';
import {choice} from '../shared/choice.ts';
import {lineView} from '../shared/line-view.ts';
import {noticeStyles} from '../shared/notice.styles.ts';
import {panelStyles} from '../shared/panel.styles.ts';
import {agentStatusStyles} from './agent-status.styles.ts';
import {selected} from './somebody.ts';
import {avatarsVariant, badgeVariant, lineVariant, listVariant} from './status-views.ts';

const shows = ['agents', 'people', 'all'] as const;
const variants = ['list', 'line', 'badge', 'avatars'] as const;

/**
 * Who is there and what they do: agents, by what they say of themselves and by what is seen of their runs, and people.
 * Each state has a word, a shape and a colour of its own.
 *
 * @tag agent-status
 * @csspart list - The list of all; not in one line.
 * @csspart row - One agent or person; in one line, the line.
 * @csspart avatar - The initial of a name.
 * @csspart mark - The shape of a state.
 * @csspart name - A name.
 * @csspart state - The word of a state.
 * @csspart since - Since when.
 * @csspart reason - Why a run failed, or does not go on.
 * @csspart empty - In place of a list with nobody in it.
 * @csspart line - Says that the line is down.
 * @csspart notice - Says why there is no session or no line, and what to do.
 * @cssprop [--agent-status-surface] - What is behind the element, for the edge of the marks; the shared surface when absent.
 * @cssprop [--agent-status-badge] - Background of a badge; the shared surface when absent.
 * @fires {AgentStatusChangedEvent} agent-status-changed - An agent that is shown does something else than before.
 * @fires {AgentErrorEvent} agent-error - The session that it opened failed.
 */
export class AgentStatusElement extends LitElement {
  static override styles = [baseStyles, noticeStyles, panelStyles, avatarStyles, agentStatusStyles];
  static override properties = connectionProperties;

  /** Client id of the one agent to show; all agents when absent. */
  @property() agent?: string;

  /** Who is shown: `agents`, `people`, or `all`. */
  @property() show: (typeof shows)[number] = 'agents';

  /** How: a `list` with a row each, one `line`, a `badge` each, or `avatars`. */
  @property({reflect: true}) variant: (typeof variants)[number] = 'list';

  /** Accessible name of the list. */
  @property() label?: string;

  /** Language of texts and times, as a BCP 47 tag. */
  @property() locale?: string;

  readonly #source = SessionSource.of(this);
  readonly #agents = new SessionController(this, (snapshot) => snapshot.agents);
  readonly #people = new SessionController(this, (snapshot) => snapshot.people);
  readonly #connection = new SessionController(this, (snapshot) => snapshot.connection);
  readonly #localize = new Localize(this);
  readonly #voice = new PoliteRegion(this, {
    region: () => this.renderRoot.querySelector('.announcer'),
    summary: (count) => this.#localize.current.t('status.changed', {count}),
  });

  constructor() {
    super();
    new SessionEvents(this);
    new StatusChanges(this, {
      isShown: ({clientId}) => this.show !== 'people' && (this.agent === undefined || this.agent === clientId),
      tell: (agent, previous) => {
        if (previous === undefined) return;
        const locale = this.#localize.current;
        this.#voice.say(agent.clientId, sentence(agent, locale), sentence({...agent, state: previous}, locale));
      },
    });
  }

  protected override render(): TemplateResult {
    const locale = this.#localize.current;
    const connection = this.#connection.value;
    return html`<div class="frame"><div>
      ${lineView(this.#source.state, connection, locale)}
      ${this.#source.session ? html`<div class=${connection.state === 'connected' ? '' : 'stale'}>${this.#view(locale)}</div>` : ''}
      <div class="announcer visually-hidden" aria-live="polite"></div>
    </div></div>`;
  }

  #view(locale: Locale): TemplateResult {
    const show = choice(this, 'show', this.show, shows);
    const {runs, clientId} = this.#source.snapshot;
    const isConnecting = this.#connection.value.state === 'connecting';
    const agents = this.#agents.value;
    // Before the line is up nobody can be told offline.
    const agent = isConnecting && agents.length === 0 ? undefined : this.agent;
    const all = selected({agents, people: this.#people.value, runs, clientId}, {show, agent}, locale);
    if (all.length === 0) {
      if (this.#connection.value.state === 'failed') return html``;
      const text = locale.t(isConnecting ? 'status.connecting' : show === 'agents' ? 'status.noAgents' : 'status.nobody');
      return html`<p class="quiet empty" part="empty">${text}</p>`;
    }
    const label = this.label ?? locale.t(`status.${show}`);
    switch (choice(this, 'variant', this.variant, variants)) {
      case 'line':
        return lineVariant(all, locale);
      case 'badge':
        return badgeVariant(all, label, locale);
      case 'avatars':
        return avatarsVariant(all, label, locale);
      case 'list':
        return listVariant(all, label, locale);
    }
  }
}

/** What is said of an agent: that it works, whether it thinks or writes. */
function sentence({name, state}: AgentSnapshot, locale: Locale): string {
  return state === 'thinking' || state === 'streaming' ? `${locale.t('run.working', {agent: name})}.` : locale.t('status.said', {name, state: locale.t(`status.${state}`)});
}

export interface AgentStatusElement extends ConnectionProperties {}

declare global {
  interface HTMLElementTagNameMap {
    'agent-status': AgentStatusElement;
  }
}

define('agent-status', AgentStatusElement);
