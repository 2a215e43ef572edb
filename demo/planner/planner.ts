import type {Planner} from '../agent/agent.ts';
import type {Searches} from './searches.ts';
import {plannerTools} from './tools.ts';

/** Gives the agent's runs the specialists. */
export function plannerFor(searches: Searches, today = () => new Date().toISOString().slice(0, 10)): Planner {
  return {
    tools: (context) => ({set: plannerTools({...context, searches, today}), asks: {}}),
    beginRun: (channel, runId) => searches.beginRun(channel, runId),
    endRun: (channel, runId, how) => searches.endRun(channel, runId, how),
  };
}
