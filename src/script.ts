/**
 * What the script tag runs. The conversation comes with it. The elements that stand beside it are chunks, loaded at
 * once where the page has their tags and else in idle time, so that they work wherever they come up later: in a shadow root,
 * or made by code. A page's own module may import the exports by the same address.
 */
import './elements/agent-session/agent-session.ts';
import './elements/agent-chat/agent-chat.ts';
import './elements/barge-in-input/barge-in-input.ts';
import './elements/agent-status/agent-status.ts';
import {holdConnections} from './internal/hold-connections.ts';
import {idle} from './internal/idle.ts';
import {warnOnce} from './internal/warn.ts';

export {registerLocale} from './i18n/index.ts';
export {registerFence} from './render/index.ts';

/** By their tags. */
const others: Readonly<Record<string, () => Promise<unknown>>> = {
  'agent-progress': () => import('./elements/agent-progress/agent-progress.ts'),
  'shared-state': () => import('./elements/shared-state/shared-state.ts'),
  'approval-inbox': () => import('./elements/approval-inbox/approval-inbox.ts'),
  'agent-handover': () => import('./elements/agent-handover/agent-handover.ts'),
};

for (const [tag, load] of Object.entries(others)) {
  const begun = begin(tag, load);
  // They may need LiveObjects, which a connection has from its beginning or not at all.
  if (document.querySelector(tag)) holdConnections(begun);
}

async function begin(tag: string, load: () => Promise<unknown>): Promise<void> {
  if (!document.querySelector(tag)) await idle(2_000);
  try {
    await load();
  } catch (error) {
    warnOnce(`<${tag}> stays as it is, because its part of the library could not be loaded: ${String(error)}. See that its folder lies beside the script.`);
  }
}
