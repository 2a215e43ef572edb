// What svelte-check asks of a tag in a template.
import 'agent-session-elements/types/svelte';
import type {SvelteHTMLElements} from 'svelte/elements';

export const chat: SvelteHTMLElements['agent-chat'] = {
  'barge-in': 'alongside', class: 'chat', requestHeaders: {'x-tenant': 'acme'}, 'onagent-run-ended': ({run}) => run.status,
};
export const wrong: SvelteHTMLElements['agent-chat'][] = [
  // @ts-expect-error: not a policy
  {'barge-in': 'whenever'},
  // @ts-expect-error: not what the event carries
  {'onagent-run-ended': ({message}) => message},
];
