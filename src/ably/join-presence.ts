import {joinAgents, joinPeople} from '../session/agents.ts';
import {keepItems} from '../session/keep-identity.ts';
import {markLost, missSteers} from '../session/lost-runs.ts';
import type {SessionSnapshot} from '../session/snapshot.ts';
import type {PresenceWatch} from './presence-watch.ts';
import type {Transcript} from './transcript.ts';

type Joined = Pick<SessionSnapshot, 'messages' | 'agents' | 'people' | 'runs'>;

/**
 * Who is there and what they do, which runs have lost their agent, and what was said into those. What is as it was keeps its identity.
 * @param begunAt when a run began or went on, in ms since the epoch.
 */
export function joinPresence(presence: PresenceWatch, {messages, runs}: Transcript, last: Joined, begunAt: (runId: string) => number | undefined): Joined {
  const {members, isKnown, knownAgents, vanishedAgents} = presence;
  const expectedAgents = presence.absences.expected(runs, {
    isAway: (clientId) => isKnown && knownAgents.has(clientId) && !members.some((member) => member.clientId === clientId),
    vanishedAt: (clientId) => vanishedAgents.get(clientId),
    begunAt,
  });
  const writingRuns = new Set(messages.flatMap(({role, runId}) => (role === 'user' ? [] : (runId ?? []))));
  const agents = joinAgents(members, runs, {isPresenceKnown: isKnown, writingRuns, knownAgents, vanishedAgents, expectedAgents});
  const marked = markLost(runs, agents);
  const settled = missSteers(messages, marked);
  return {
    messages: settled === messages ? messages : keepItems(last.messages, settled, ({id}) => id),
    agents: keepItems(last.agents, agents, ({clientId}) => clientId),
    people: keepItems(last.people, joinPeople(members, runs), ({clientId}) => clientId),
    runs: keepItems(last.runs, marked, ({key}) => key),
  };
}
