import {joinAgents, joinPeople} from '../session/agents.ts';
import {keepItems} from '../session/keep-identity.ts';
import {markLost, missSteers} from '../session/lost-runs.ts';
import type {PresenceData, PresenceMember} from '../session/presence.ts';
import type {RunSnapshot, SessionSnapshot} from '../session/snapshot.ts';

/** Who is there, in a {@link MemorySession}. */
export class MemoryPresence {
  #members: readonly PresenceMember[] = [];
  readonly #knownAgents = new Set<string>();
  readonly #vanishedAgents = new Set<string>();

  enter(clientId: string, data: PresenceData, since: number): void {
    if (data.type === 'agent') this.#knownAgents.add(clientId);
    this.#vanishedAgents.delete(clientId);
    const key = `memory:${clientId}`;
    this.#members = [...this.#members.filter((member) => member.key !== key), {...data, key, clientId, since}];
  }

  /** Leaves with what was said last. */
  vanish(clientId: string): void {
    if (this.#members.some((member) => member.clientId === clientId && (member.status ?? 'idle') !== 'idle')) this.#vanishedAgents.add(clientId);
    this.leave(clientId);
  }

  leave(clientId: string): void {
    this.#members = this.#members.filter((member) => member.clientId !== clientId);
  }

  /** Joins who is there with what is seen of them. */
  join({runs, messages, agents, people}: SessionSnapshot): Pick<SessionSnapshot, 'messages' | 'runs' | 'agents' | 'people'> {
    const writingRuns = new Set(messages.flatMap(({role, runId}) => (role === 'user' ? [] : (runId ?? []))));
    const isPresenceKnown = this.#members.length > 0 || this.#knownAgents.size > 0;
    const joined = joinAgents(this.#members, runs, {isPresenceKnown, writingRuns, knownAgents: this.#knownAgents, vanishedAgents: this.#vanishedAgents});
    const present = runs.map((run): RunSnapshot => (run.status === 'lost' ? {...run, status: 'active'} : run));
    const marked = markLost(present, joined);
    return {
      messages: missSteers(this.#waitAgain(messages, runs, marked), marked),
      runs: keepItems(runs, marked, ({key}) => key),
      agents: keepItems(agents, joined, ({clientId}) => clientId),
      people: keepItems(people, joinPeople(this.#members, runs), ({clientId}) => clientId),
    };
  }

  /** What was said into runs whose agent is back. */
  #waitAgain(messages: SessionSnapshot['messages'], before: readonly RunSnapshot[], now: readonly RunSnapshot[]): SessionSnapshot['messages'] {
    const back = before.filter(({status, key}) => status === 'lost' && now.some((run) => run.key === key && run.status === 'active'));
    if (back.length === 0) return messages;
    return messages.map((message) => (message.steer === 'missed' && back.some(({runId}) => runId === message.runId) ? {...message, steer: 'waiting'} : message));
  }
}
