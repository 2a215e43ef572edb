/** The conversations of this demo: one namespace, so that one channel rule and one capability cover it. What begins with `_` is the agent's. */
export const channelPattern = /^conversations:(?!_)[\w-]{1,64}$/;

/** Client ids of people; the agent's own is not one of them. */
export const personPattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u;

export const agentClientId = 'travel-agent';

/** All conversations, as a capability names them. */
export const allConversations = 'conversations:*';

/** Who supervises conversations at `/operator`, and lets trips cost more than their budget. */
export const operatorClientId = 'Supervisor';

/** Where the agent lists the conversations in which a person is to decide something. */
export const approvalsChannel = 'conversations:_approvals';
