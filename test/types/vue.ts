// What vue-tsc asks of a tag in a template.
import 'agent-session-elements/types/vue';
import type {AgentRunEndedEvent} from 'agent-session-elements';
import type {GlobalComponents} from 'vue';

type Chat = InstanceType<GlobalComponents['agent-chat']>;

export const chat: Chat['$props'] = {bargeIn: 'alongside', class: 'chat', requestHeaders: {'x-tenant': 'acme'}};
// @ts-expect-error: not a policy
export const wrong: Chat['$props'] = {bargeIn: 'whenever'};

declare const element: Chat;
declare const ended: AgentRunEndedEvent;
element.$emit('agent-run-ended', ended);
// @ts-expect-error: no such event
element.$emit('agent-run-over', ended);
element.label = 'Conversation';
// @ts-expect-error: no such property
element.labell = 'Conversation';
