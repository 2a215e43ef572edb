import type {TemplateResult} from 'lit';
import type {Locale} from '../../i18n/index.ts';
import type {AgentSnapshot, AgentState, PersonSnapshot, SessionError, SessionSnapshot} from '../../session/index.ts';
import {icons} from '../shared/icons.ts';

/** What somebody is shown to do: an agent's state, or that a person is here. */
export type ShownState = AgentState | 'here';

/** An agent or a person, as a view shows them. */
export interface Somebody {
  readonly key: string;
  readonly name: string;
  readonly state: ShownState;
  readonly since: number | undefined;
  /** Why an agent's run failed, or does not go on. */
  readonly error: SessionError | undefined;
}

export interface Selection {
  readonly show: 'agents' | 'people' | 'all';
  /** Client id of the one agent to show. */
  readonly agent: string | undefined;
}

/** Those that are to be shown, agents first. */
export function selected(snapshot: Pick<SessionSnapshot, 'agents' | 'people' | 'runs' | 'clientId'>, {show, agent}: Selection, locale: Locale): readonly Somebody[] {
  const agents = show === 'people' ? [] : agentsOf(snapshot.agents, agent).map((one) => ofAgent(one, snapshot.runs));
  const people = show === 'agents' ? [] : snapshot.people.map((one) => ofPerson(one, snapshot.clientId, locale));
  return [...agents, ...people];
}

/** The agents that a filter lets through. One that was never seen is not there. */
function agentsOf(agents: readonly AgentSnapshot[], agent: string | undefined): readonly AgentSnapshot[] {
  if (agent === undefined) return agents;
  const found = agents.filter(({clientId}) => clientId === agent);
  return found.length > 0 ? found : [{clientId: agent, name: agent, state: 'offline', isPresent: false, run: undefined, since: undefined}];
}

function ofAgent({clientId, name, state, since, run}: AgentSnapshot, runs: SessionSnapshot['runs']): Somebody {
  const error = state === 'failed' || state === 'waiting' ? runs.find(({key}) => key === run)?.error : undefined;
  // One that was answered and does not go on waits for nobody.
  return {key: `agent:${clientId}`, name, state: error ? 'failed' : state, since, error};
}

function ofPerson({clientId, name, since}: PersonSnapshot, me: string | undefined, locale: Locale): Somebody {
  return {key: `person:${clientId}`, name: clientId === me ? locale.t('status.you', {name}) : name, state: 'here', since, error: undefined};
}

/** Those of whom people want to know first, first. */
const urgency: readonly ShownState[] = ['lost', 'failed', 'waiting', 'streaming', 'thinking', 'idle', 'offline', 'here'];

/** How many are in each state, the most urgent state first. */
export function countStates(all: readonly Somebody[]): readonly {state: ShownState; count: number}[] {
  return urgency
    .map((state) => ({state, count: all.filter((one) => one.state === state).length}))
    .filter(({count}) => count > 0);
}

export function countWords(state: ShownState, count: number, locale: Locale): string {
  return locale.t(state === 'here' ? 'status.count.people' : `status.count.${state}`, {count});
}

/** A shape for each state, so that colour alone tells nothing. */
export function markOf(state: ShownState): TemplateResult {
  switch (state) {
    case 'offline':
      return icons.absent;
    case 'idle':
    case 'here':
      return icons.present;
    case 'thinking':
      return icons.dots;
    case 'streaming':
      return icons.bars;
    case 'waiting':
      return icons.person;
    case 'failed':
      return icons.closed;
    case 'lost':
      return icons.unlinked;
  }
}
