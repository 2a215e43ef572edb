import {Grammar} from './grammar.ts';
import {idle} from '../internal/idle.ts';

/** A little of everything: each line makes the engine compile the expressions that a construct is read with. */
const samples = [
  'Text *with* **all** _the_ __marks__ ~~and~~ `code`, a\nbreak  \nand \\* escapes &amp; <b>tags</b>.',
  '[link](https://a.example "t") ![image](https://a.example/i.png) <https://a.example> https://a.example www.a.example a@b.example [a][b] [c]',
  '# Heading\n\nTitle\n===\n\n---\n\n> quote\n> - item\n\n[a]: https://a.example "t"\n\n    code',
  '- item\n  - inner\n- [x] task\n\n1. one\n2. two\n\n```js\ncode\n```',
  '| a | b |\n|---|--:|\n| c | d |\n\n<div>\nhtml\n</div>',
];

let isWarm = false;

/**
 * Has the parser's many regular expressions compiled in idle time, so that the first answer does not have to wait for
 * that. The first call counts.
 */
export async function warmUpParser(): Promise<void> {
  if (isWarm) return;
  isWarm = true;
  const grammar = new Grammar();
  for (const sample of samples) {
    // Engines compile an expression for good when it runs again.
    for (let run = 0; run < 2; run++) {
      await idle(2_000);
      for (const token of grammar.blocks(sample)) grammar.inline(token.raw);
    }
  }
}
