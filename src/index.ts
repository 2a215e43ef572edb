export type {ConnectionProperties} from './controllers/connection-properties.ts';
export {AgentChatElement} from './elements/agent-chat/agent-chat.ts';
export {AgentProgressElement} from './elements/agent-progress/agent-progress.ts';
export {AgentSessionElement} from './elements/agent-session/agent-session.ts';
export {AgentStatusElement} from './elements/agent-status/agent-status.ts';
export {BargeInInputElement} from './elements/barge-in-input/barge-in-input.ts';
export * from './events.ts';
export {type Catalogue, type LocaleText, type PluralText, registerLocale, type TextKey} from './i18n/index.ts';
export * from './session/index.ts';
