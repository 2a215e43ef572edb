import type {CodeToken} from './highlighter.ts';
import {idle} from '../internal/idle.ts';
import {limits} from './limits.ts';
import {unselected} from './selection.ts';

/** How long colours may wait for a page that is busy, in ms: while text pours in they would cost it frames. */
const longestWait = 5_000;

/** One block after another, so that a page full of code never has to wait for all of it. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * Colours the code of a finished block, whose chunks are the children of `code`, in idle time. `isWanted` is asked
 * before each step. The highlighter and the language's grammar are loaded on first use; whatever goes wrong, the code
 * stays as it is.
 */
export function colour(code: HTMLElement, text: string, language: string, isWanted: () => boolean): void {
  if (language === '' || text.length > limits.highlight) return;
  queue = queue.then(async () => {
    if (!isWanted()) return;
    const {grammarOf} = await import('./highlight-grammars.ts');
    const grammar = grammarOf(language);
    if (!grammar) return;
    const [{codeTokens}, {default: rules}] = await Promise.all([import('./highlighter.ts'), grammar.load()]);
    await idle(longestWait);
    // A block that is being read closely keeps no other one waiting.
    void unselected(code).then(() => {
      const tokens = isWanted() ? codeTokens(text, grammar.name, rules) : undefined;
      if (tokens) colourChunks(code, tokens);
    });
  }).catch(() => undefined); // Without its colours code is still code: a chunk that failed to load is no error to report.
}

function colourChunks(code: HTMLElement, tokens: readonly CodeToken[]): void {
  let index = 0;
  let offset = 0;
  for (const chunk of code.children) {
    const nodes: Node[] = [];
    for (let left = chunk.textContent.length; left > 0;) {
      const token = tokens[index];
      if (!token) return;
      const text = token.text.slice(offset, offset + left);
      nodes.push(coloured(text, token.kind));
      left -= text.length;
      offset += text.length;
      if (offset < token.text.length) continue;
      index++;
      offset = 0;
    }
    chunk.replaceChildren(...nodes);
  }
}

function coloured(text: string, kind: string | undefined): Node {
  const node = document.createTextNode(text);
  if (kind === undefined) return node;
  const span = document.createElement('span');
  span.className = `tok-${kind}`;
  span.append(node);
  return span;
}
