import type {Activity, PresenceMember} from './presence.ts';
import type {RunSnapshot} from './snapshot.ts';

/**
 * What an agent is doing, from what it says of itself (presence) and what is seen (runs). Runs win where the two
 * disagree:
 *
 * - `offline`: not present, and nothing of its is open.
 * - `idle`: present, and nothing to do.
 * - `thinking`: at work on a run, or says so; nothing written yet.
 * - `streaming`: its run is writing.
 * - `waiting`: its run is suspended: a person must answer.
 * - `failed`: its last run ended in error, and it has begun no other since.
 * - `lost`: a run of its is active, or it said that it was at work, but it left presence without ending that. An agent
 *   that never was present is not.
 */
export type AgentState = 'offline' | 'idle' | 'thinking' | 'streaming' | 'waiting' | 'failed' | 'lost';

export interface AgentSnapshot {
  readonly clientId: string;
  /** How to call it. */
  readonly name: string;
  readonly state: AgentState;
  readonly isPresent: boolean;
  /** The run that the state is about, by its key. */
  readonly run: string | undefined;
  /** Since when it is as it is, where presence tells, in ms since the epoch. */
  readonly since: number | undefined;
}

/** People who are present, one entry a client id. */
export interface PersonSnapshot {
  readonly clientId: string;
  readonly name: string;
  readonly since: number;
}

export interface JoinOptions {
  /** Whether presence is known: without it nobody can be told lost. */
  readonly isPresenceKnown: boolean;
  /** Runs that have written something, by their key. */
  readonly writingRuns: ReadonlySet<string>;
  /** Agents that were present at some time. Only they can be lost: others may never say that they are there. */
  readonly knownAgents: ReadonlySet<string>;
  /** Those of them who left saying that they were at work, as presence says of a member whose connection broke. */
  readonly vanishedAgents: Pick<ReadonlySet<string>, 'has'>;
  /** Agents that are not present, but expected to be back: they are not lost yet. None when absent. */
  readonly expectedAgents?: ReadonlySet<string>;
}

/** Joins presence and runs to one entry an agent, in order of their client ids. */
export function joinAgents(members: readonly PresenceMember[], runs: readonly RunSnapshot[], options: JoinOptions): readonly AgentSnapshot[] {
  const ids = new Set([
    ...members.filter((member) => isAgent(member, runs)).map(({clientId}) => clientId),
    ...runs.flatMap(({agentId}) => agentId ?? []),
    ...options.knownAgents,
  ]);
  return [...ids].sort().map((clientId) => {
    const own = members.filter((member) => member.clientId === clientId);
    const isMissed = options.isPresenceKnown && own.length === 0 && options.knownAgents.has(clientId) && options.expectedAgents?.has(clientId) !== true;
    const {state, run} = stateOf(own, runs.filter(({agentId}) => agentId === clientId), {
      isMissed,
      hasVanished: isMissed && options.vanishedAgents.has(clientId),
      writingRuns: options.writingRuns,
    });
    return {
      clientId,
      name: own.find(({name}) => name !== undefined)?.name ?? clientId,
      state,
      isPresent: own.length > 0,
      run: run?.key,
      since: own.length === 0 ? undefined : Math.max(...own.map(({since}) => since)),
    };
  });
}

/** The people who are present, in order of their client ids. */
export function joinPeople(members: readonly PresenceMember[], runs: readonly RunSnapshot[]): readonly PersonSnapshot[] {
  const people = new Map<string, PersonSnapshot>();
  for (const member of members) {
    if (isAgent(member, runs)) continue;
    const known = people.get(member.clientId);
    people.set(member.clientId, {
      clientId: member.clientId,
      name: member.name ?? known?.name ?? member.clientId,
      since: Math.min(member.since, known?.since ?? Infinity),
    });
  }
  return [...people.values()].sort((one, other) => (one.clientId < other.clientId ? -1 : 1));
}

function isAgent({clientId, type}: PresenceMember, runs: readonly RunSnapshot[]): boolean {
  return type === undefined ? runs.some(({agentId}) => agentId === clientId) : type === 'agent';
}

interface Absence {
  readonly isMissed: boolean;
  readonly hasVanished: boolean;
  readonly writingRuns: ReadonlySet<string>;
}

function stateOf(
  members: readonly PresenceMember[],
  runs: readonly RunSnapshot[],
  {isMissed, hasVanished, writingRuns}: Absence,
): {state: AgentState; run?: RunSnapshot} {
  const active = runs.findLast(({status}) => status === 'active' || status === 'lost');
  if (active) {
    if (isMissed) return {state: 'lost', run: active};
    return {state: writingRuns.has(active.key) || says(members, 'streaming') ? 'streaming' : 'thinking', run: active};
  }
  const suspended = runs.findLast(({status}) => status === 'suspended');
  if (suspended) return {state: 'waiting', run: suspended};
  // An agent may work on what is no run of this conversation: a specialist that another agent asked.
  if (says(members, 'streaming')) return {state: 'streaming'};
  if (says(members, 'thinking')) return {state: 'thinking'};
  const last = runs.at(-1);
  // One whose runs have all ended was at work on something else, as a specialist is; its failure was told before that.
  if (hasVanished && last?.status !== 'error') return {state: 'lost'};
  if (last?.status === 'error') return {state: 'failed', run: last};
  return {state: members.length > 0 ? 'idle' : 'offline'};
}

function says(members: readonly PresenceMember[], activity: Activity): boolean {
  return members.some(({status}) => status === activity);
}
