/**
 * Live examples: markup of `docs/site/live/<name>.html`, which `docs/site/live/<name>.ts` gives a session in memory. That of
 * an element stands on its page by itself; any other one where a page has `<!-- live:name -->` on a line of its own.
 */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {codeBlock} from './markdown.mjs';

export const prelude = (tag) => `<p class="links"><a href="../playground.html#${tag}">Try it in the playground</a></p>`;

export function liveExample(root, tag) {
  const path = join(root, `docs/site/live/${tag}.html`);
  if (!existsSync(path)) return '';
  const markup = readFileSync(path, 'utf8').trim();
  return `<section class="live" aria-label="Live example: ${tag}" data-live="${tag}">
<div class="live-bar"><span>Live, without a server</span><button type="button" data-restart hidden>Start again</button></div>
<div class="live-stage live-${tag}"><agent-session>
${markup}
</agent-session></div>
</section>
<details class="live-code"><summary>The markup of this example</summary>
${codeBlock(asWritten(markup), 'html')}</details>`;
}

/** The HTML of a page with its examples in it. */
export const withExamples = (root, html) => html.replaceAll(/<!-- live:([\w-]+) -->/g, (_, name) => {
  const example = liveExample(root, name);
  if (example === '') throw new Error(`There is no live example "${name}".`);
  return example;
});

/** What the example shows as it is on a page with a channel. */
function asWritten(markup) {
  const indented = markup.replaceAll(/^/gm, '  ').replaceAll(/^\s+$/gm, '');
  return `<agent-session channel="conversations:lisbon" auth-url="/api/auth/token" agent-url="/api/chat">\n${indented}\n</agent-session>`;
}
