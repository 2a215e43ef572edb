import inter from '@fontsource-variable/inter/index.css?inline';
import lora from '@fontsource/lora/400.css?inline';
import loraBold from '@fontsource/lora/600.css?inline';
import mono from '@fontsource/dejavu-mono/400.css?inline';
import rubik from '@fontsource/rubik/arabic.css?inline';
import rubikBold from '@fontsource/rubik/arabic-600.css?inline';
import brand from '../../src/themes/brand.css?inline';
import dense from '../../src/themes/dense.css?inline';
import plain from '../../src/themes/default.css?inline';
import {loadLanguage} from '../../src/i18n/index.ts';
import {drawn} from '../helpers/page.ts';
import {hosts} from './hosts.ts';
import {build} from './scenes.ts';
import type {Shot, Theme} from './shots.ts';

/** The same letters on every machine, in the place of those that the machine has. */
const letters = `
  :root { --agent-font-family: 'Inter Variable', 'Rubik', sans-serif; --agent-font-mono: 'DejaVu Mono', monospace; }
  :root[data-theme='brand'] { --agent-font-family: 'Lora', 'Rubik', serif; }
`;
const page = `
  :root { color-scheme: light dark; }
  body { margin: 0; background: light-dark(#eceef1, #0b0c0e); }
  main { display: block; box-sizing: border-box; padding: 16px; }
  section { display: grid; grid-template-columns: minmax(0, 1fr); }
  section:has(> agent-chat) { grid-template-rows: minmax(0, 1fr); block-size: 100%; }
  section + section { margin-block-start: 16px; }
  section:has(> agent-status) { justify-items: start; }
  main:has(agent-status, agent-handover, approval-inbox, barge-in-input) { background: var(--agent-color-surface, light-dark(#fff, #15171c)); }
  .space { block-size: 210px; }
`;
const whole = 'main, section { block-size: auto !important; } agent-chat { --agent-chat-max-height: none; height: auto; }';
/** What is written in each direction. */
const languages = {ltr: 'en', rtl: 'ar'} as const;
const themes: Readonly<Record<Theme, string>> = {none: '', default: plain, dense, brand};

function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

const fonts = document.createElement('style');
fonts.textContent = [inter, lora, loraBold, mono, rubik, rubikBold].join('\n');
document.head.append(fonts);

/** Shows what a picture is to be taken of; the runner calls it. */
async function show({scene, theme = 'none', dir = 'ltr', host, also = []}: Omit<Shot, 'name' | 'width'>): Promise<void> {
  document.body.replaceChildren();
  localStorage.clear();
  sessionStorage.clear();
  document.documentElement.dir = dir;
  document.documentElement.lang = languages[dir];
  await loadLanguage(languages[dir]);
  document.documentElement.dataset['theme'] = theme;
  document.adoptedStyleSheets = [sheet(host ? hosts[host] : ''), sheet(page), sheet(themes[theme]), sheet(letters), sheet(also.length > 0 ? whole : '')];
  for (const name of [scene, ...also]) await build(name, dir);
  const faces = ['400 16px "Inter Variable"', '600 16px "Inter Variable"', '400 16px "DejaVu Mono"', '400 16px Lora', '600 16px Lora', '400 16px Rubik', '600 16px Rubik'];
  await Promise.all(faces.map((face) => document.fonts.load(face, 'aع')));
  await document.fonts.ready;
  const first = document.querySelector<HTMLElement>('section > *');
  if (first) await drawn(first);
}

Object.assign(window, {show});
