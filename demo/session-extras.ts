import type {AgentSessionElement} from 'agent-session-elements';
import {locate} from './locate.ts';
import {WeatherTableElement} from './weather-table.ts';

/** What this page gives the session beside its attributes: a tool that it carries out, and a view of its own for data. */
export function useSessionExtras({isTraveller = false} = {}): void {
  customElements.define('weather-table', WeatherTableElement);
  const session = document.querySelector<AgentSessionElement>('agent-session');
  if (!session) return;
  session.renderers = {'data-weather': 'weather-table'};
  // Where the supervisor sits is of no use to the traveller.
  if (isTraveller) session.tools = {locate};
}
