import type {ReactiveController} from 'lit';
import {AgentStatusChangedEvent} from '../events.ts';
import type {AgentSnapshot, AgentState, SessionSnapshot} from '../session/index.ts';
import {type SessionHost, SessionSource} from './session-source.ts';

export interface StatusChangesOptions {
  isShown: (agent: AgentSnapshot) => boolean;
  /** Called for each change, beside the event. */
  tell: (agent: AgentSnapshot, previous: AgentState | undefined) => void;
}

/** Tells the page what the agents that an element shows do, whenever that is something else than before. */
export class StatusChanges implements ReactiveController {
  readonly #host: SessionHost;
  readonly #source: SessionSource;
  readonly #options: StatusChangesOptions;
  readonly #states = new Map<string, AgentState>();
  #stops: (() => void)[] = [];

  constructor(host: SessionHost, options: StatusChangesOptions) {
    this.#host = host;
    this.#source = SessionSource.of(host);
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stops = [
      this.#source.onState(() => this.#states.clear()),
      this.#source.onChange(({snapshot}) => this.#compare(snapshot)),
    ];
    // What it stood at is known to whoever looks; only changes are news.
    for (const {clientId, state} of this.#source.snapshot.agents) this.#states.set(clientId, state);
  }

  hostDisconnected(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#states.clear();
  }

  #compare({agents}: SessionSnapshot): void {
    for (const agent of agents) {
      const previous = this.#states.get(agent.clientId);
      if (previous === agent.state) continue;
      this.#states.set(agent.clientId, agent.state);
      if (!this.#options.isShown(agent)) continue;
      this.#options.tell(agent, previous);
      this.#host.dispatchEvent(new AgentStatusChangedEvent(agent, previous));
    }
  }
}
