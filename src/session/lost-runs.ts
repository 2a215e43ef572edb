import type {AgentSnapshot} from './agents.ts';
import type {RunSnapshot} from './snapshot.ts';

/** The runs, those as `lost` whose agent is gone without having ended them. */
export function markLost(runs: readonly RunSnapshot[], agents: readonly AgentSnapshot[]): readonly RunSnapshot[] {
  const lost = new Set(agents.filter(({state}) => state === 'lost').map(({clientId}) => clientId));
  if (lost.size === 0) return runs;
  return runs.map((run) => (run.status === 'active' && run.agentId !== undefined && lost.has(run.agentId) ? {...run, status: 'lost'} : run));
}
