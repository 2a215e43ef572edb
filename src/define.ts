// Registers every element. This is all that a page needs which only writes tags.
import './elements/agent-session/agent-session.ts';
import './elements/agent-chat/agent-chat.ts';
import './elements/barge-in-input/barge-in-input.ts';
import './elements/agent-handover/agent-handover.ts';
import './elements/agent-status/agent-status.ts';
import './elements/agent-progress/agent-progress.ts';
import './elements/shared-state/shared-state.ts';
import './elements/approval-inbox/approval-inbox.ts';
