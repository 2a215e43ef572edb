import type {AgentSnapshot} from './agents.ts';
import type {SessionMessage} from './message.ts';
import type {RunSnapshot} from './snapshot.ts';

/** The runs, those as `lost` whose agent is gone without having ended them. */
export function markLost(runs: readonly RunSnapshot[], agents: readonly AgentSnapshot[]): readonly RunSnapshot[] {
  const lost = new Set(agents.filter(({state}) => state === 'lost').map(({clientId}) => clientId));
  if (lost.size === 0) return runs;
  return runs.map((run) => (run.status === 'active' && run.agentId !== undefined && lost.has(run.agentId) ? {...run, status: 'lost'} : run));
}

/** The messages, with those as `missed` that wait in a run whose agent is gone. Should it come back, they wait again. */
export function missSteers(messages: readonly SessionMessage[], runs: readonly RunSnapshot[]): readonly SessionMessage[] {
  const lost = new Set(runs.flatMap(({status, runId}) => (status === 'lost' && runId !== undefined ? [runId] : [])));
  if (lost.size === 0) return messages;
  return messages.map((message) => {
    const {steer, delivery, runId} = message;
    return steer === 'waiting' && delivery === 'sent' && runId !== undefined && lost.has(runId) ? {...message, steer: 'missed'} : message;
  });
}
