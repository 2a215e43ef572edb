// Runs in a page with a strict content security policy; tells the page around it what was refused and what is shown.
import '../../src/define.ts';
import * as cards from '../../src/elements/agent-chat/cards-loader.ts';
import * as extras from '../../src/elements/barge-in-input/extras-loader.ts';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession} from '../../src/testing/index.ts';
import {drawn, place, shownText} from './page.ts';

const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({violatedDirective, sourceFile, lineNumber}) => {
  // A validator that the SDK brings asks once whether it may compile code, and does without.
  if (/ai-transport/.test(sourceFile)) return;
  violations.push(`${violatedDirective} ${sourceFile}:${lineNumber}`);
});
window.addEventListener('error', ({message}) => violations.push(message));
window.addEventListener('unhandledrejection', ({reason}) => violations.push(String(reason)));

// Else they come when the page has nothing else to do.
for (const part of [...Object.values(cards), ...Object.values(extras)]) await part.load();
const session = createMemorySession();
session.load([
  {id: '1', role: 'user', parts: [{type: 'text', text: 'Hello'}]},
  {id: '2', role: 'assistant', parts: [
    {type: 'text', text: '# Title\n\n- a **bold** [link](https://example.com)\n\n| a | b |\n|--|:-:|\n| 1 | 2 |\n\n```ts\nconst a = 1;\n```'},
    {type: 'reasoning', text: 'Thinking'},
    {type: 'tool-look', toolCallId: 't', state: 'output-available', input: {a: 1}, output: {list: [1, {b: 2}]}},
    {type: 'dynamic-tool', toolName: 'own', toolCallId: 'o', state: 'output-available', input: {}, output: 1},
    {type: 'source-url', sourceId: 's', url: 'https://example.com', title: 'Example'},
    {type: 'file', mediaType: 'text/plain', filename: 'a.txt', url: 'data:text/plain,hello'},
    {type: 'data-weather', data: {degrees: 24}},
  ]},
  {id: '3', role: 'user', clientId: 'ana', parts: [{type: 'text', text: 'Me too'}]},
]);
const chat = document.createElement('agent-chat');
chat.session = session;
chat.feedback = true;
chat.renderers = {own: () => 'A view of the page'};
await place(chat);
await session.dispatch({type: 'send', text: 'And now?'});
const run = session.startRun();
run.append('Streaming **wor');
await drawn(chat);
run.append('ds**');
run.end('error', new SessionError('Broken', {kind: 'agent'}));
const asking = session.startRun();
asking.part({type: 'tool-book', toolCallId: 'b', state: 'approval-requested', input: {to: 'LIS', seats: 2}, approval: {id: 'b'}});
asking.end('suspended');
await drawn(chat);
chat.renderRoot.querySelector<HTMLElement>('.approval [part="edit-button"]')?.click();
chat.renderRoot.querySelector<HTMLElement>('article.mine [part="edit-button"]')?.click();
await drawn(chat);
session.setConnection('offline');
const input = chat.renderRoot.querySelector('barge-in-input');
if (input) {
  input.value = 'several\nlines\nof text';
  const canvas = document.createElement('canvas');
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  input.attach([new File([picture ?? ''], 'a-picture.png', {type: 'image/png'}), new File(['text'], 'a-file.txt')]);
  await session.dispatch({type: 'send', text: 'One that waits', policy: 'queue'});
  session.startRun();
  await drawn(input);
  input.renderRoot.querySelector<HTMLElement>('.policy')?.click();
  await drawn(input);
  await drawn(input);
}
session.enter('planner', {type: 'agent', name: 'Planner', status: 'thinking'});
session.state.receive('', {progress: {one: {agent: 'planner', label: 'Planning', state: 'running', value: 1, max: 3}}, trip: {nights: 3}});
const others = (['agent-status', 'agent-progress', 'shared-state'] as const).map((tag) => Object.assign(document.createElement(tag), {session}));
others[2]?.setAttribute('editable', '');
for (const element of others) await place(element);
await drawn(chat);
parent.postMessage({strictPage: {violations, text: [chat, ...others].map(shownText).join(' ')}}, '*');
