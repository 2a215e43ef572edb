import brand from 'agent-session-elements/themes/brand.css?inline';
import standard from 'agent-session-elements/themes/default.css?inline';
import dense from 'agent-session-elements/themes/dense.css?inline';
import type {Drive} from '../client/live.ts';
import {answer} from './agent.ts';
import {plan, wordsFor} from './words.ts';

const themes: Readonly<Record<string, string>> = {brand, dense, default: standard};
const sheet = new CSSStyleSheet();

/** A conversation in one of the themes, which a field above it chooses. */
export const drive: Drive = ({session, host, signal}) => {
  session.enter('you', {type: 'person', name: 'You'});
  session.enter('planner', {type: 'agent', status: 'idle', name: 'Planner'});
  session.load([
    {id: 'question', role: 'user', parts: [{type: 'text', text: 'Plan four days in Lisbon for two, €1500'}]},
    {id: 'answer', role: 'assistant', parts: [{type: 'text', text: plan}]},
    {id: 'ana', role: 'user', clientId: 'ana', parts: [{type: 'text', text: 'I would rather see the ocean.'}]},
  ]);
  answer(session, signal, async ({text, write}) => {
    await write(wordsFor(text));
  });
  offerThemes(host);
};

function offerThemes(host: HTMLElement): void {
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  const field = host.parentElement?.querySelector('select') ?? chooser(host);
  // A theme is for a whole page; here it is for the example only.
  sheet.replaceSync((themes[field.value] ?? brand).replaceAll(':root', '.live-themes'));
}

function chooser(host: HTMLElement): HTMLSelectElement {
  const field = document.createElement('select');
  for (const name of Object.keys(themes)) field.add(new Option(`themes/${name}.css`, name));
  field.addEventListener('change', () => offerThemes(host));
  const label = document.createElement('label');
  label.append('Theme ', field);
  host.before(label);
  return field;
}
