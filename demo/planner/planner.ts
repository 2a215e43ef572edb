import type {Planner} from '../agent/agent.ts';
import {operatorClientId} from '../channels.ts';
import type {Searches} from './searches.ts';
import {plannerTools} from './tools.ts';

export interface PlannerOptions {
  /** `YYYY-MM-DD` */
  readonly today?: () => string;
  /** Client ids of those who may let a trip cost more than its budget. */
  readonly supervisors?: readonly string[];
}

/** Gives the agent's runs the specialists, and what needs a person: bookings, and where they are. */
export function plannerFor(searches: Searches, {today = () => new Date().toISOString().slice(0, 10), supervisors = [operatorClientId]}: PlannerOptions = {}): Planner {
  return {
    tools: (context) => plannerTools({...context, searches, today, supervisors}),
    beginRun: (channel, runId) => searches.beginRun(channel, runId),
    endRun: (channel, runId, how) => searches.endRun(channel, runId, how),
  };
}
