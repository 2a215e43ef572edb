/** Live examples: markup of `docs/site/live/<tag>.html`, which `docs/site/live/<tag>.ts` gives a session in memory. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {codeBlock} from './markdown.mjs';

export const prelude = (tag) => `<p class="links"><a href="../playground.html#${tag}">Try it in the playground</a></p>`;

export function liveExample(root, tag) {
  const path = join(root, `docs/site/live/${tag}.html`);
  if (!existsSync(path)) return '';
  const markup = readFileSync(path, 'utf8').trim();
  return `<section class="live" aria-label="Live example" data-live="${tag}">
<div class="live-bar"><span>Live, without a server</span><button type="button" data-restart hidden>Start again</button></div>
<div class="live-stage live-${tag}"><agent-session>
${markup}
</agent-session></div>
</section>
<details class="live-code"><summary>The markup of this example</summary>
${codeBlock(asWritten(markup), 'html')}</details>`;
}

/** What the example shows as it is on a page with a channel. */
function asWritten(markup) {
  const indented = markup.replaceAll(/^/gm, '  ').replaceAll(/^\s+$/gm, '');
  return `<agent-session channel="conversations:lisbon" auth-url="/api/auth/token" agent-url="/api/chat">\n${indented}\n</agent-session>`;
}
