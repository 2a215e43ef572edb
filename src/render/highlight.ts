import type {CodeToken} from './highlighter.ts';
import {limits} from './limits.ts';

/** Runs when the page has nothing else to do, or soon after where the browser does not tell. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), {timeout: 1_000});
    else setTimeout(resolve, 30);
  });
}

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
    await whenIdle();
    // A block that is being read closely keeps no other one waiting.
    void unselected(code).then(() => {
      if (isWanted()) colourChunks(code, codeTokens(text, grammar.name, rules));
    });
  }).catch(() => undefined); // Without its colours code is still code: a chunk that failed to load is no error to report.
}

/** Waits while part of the code is selected: putting text into new elements would take the selection away. */
async function unselected(code: HTMLElement): Promise<void> {
  for (;;) {
    const selection = selectionIn(code.getRootNode());
    if (!selection || selection.isCollapsed || !selection.containsNode(code, true)) return;
    await new Promise((resolve) => document.addEventListener('selectionchange', resolve, {once: true}));
  }
}

function selectionIn(root: Node): Selection | null {
  // Chromium tells of a selection within a shadow root by a method of that root alone; others by the document's.
  const own = 'getSelection' in root ? (root as Document).getSelection : undefined;
  return own ? own.call(root) : getSelection();
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
