/** A random number generator that gives the same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words = ('the a of to and in that is was for on are with as at be this have from or one had by word but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look two more write go see number no way could people my than first water been call who oil its now find long down day did get come made may part over new sound take only little work know place year live me back give most very after thing our just name good sentence man think say great where help through much before line right too mean old any same tell boy follow came want show also around form three small set put end does another well large must big even such because turn here why ask went men read need land different home us move try kind hand picture again change off play spell air away animal house point page letter mother answer found study still learn should world').split(' ');

/** Markdown as a model writes it: prose, headings, lists, code, tables, quotes; about `tokens` tokens of five characters. */
export function sampleMarkdown(seed: number, tokens: number): string {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // The index is in range.
  const prose = (least: number, most: number): string => Array.from({length: least + Math.floor(random() * (most - least))}, () => {
    const word = pick(words);
    const kind = random();
    if (kind < 0.02) return `**${word} ${pick(words)}**`;
    if (kind < 0.035) return `*${word}*`;
    if (kind < 0.06) return `\`${word}${pick(words)}\``;
    if (kind < 0.068) return `[${word} ${pick(words)}](https://example.com/${word}/${pick(words)})`;
    return kind < 0.12 ? `${word},` : word;
  }).join(' ');
  const list = (marker: (index: number) => string): string =>
    Array.from({length: 3 + Math.floor(random() * 5)}, (_, index) => `${marker(index)}${prose(6, 22)}.${random() < 0.15 ? `\n   - ${prose(4, 9)}\n   - ${prose(4, 9)}` : ''}`).join('\n');
  const code = (): string => `\`\`\`${pick(['js', 'python', 'sql', 'bash'])}\n${Array.from({length: 5 + Math.floor(random() * 18)}, () => `${' '.repeat(2 * Math.floor(random() * 3))}const ${pick(words)} = ${pick(words)}(${Math.floor(random() * 99)}, "${pick(words)}");`).join('\n')}\n\`\`\``;
  const table = (): string => {
    const row = (): string => `| ${Array.from({length: 4}, () => prose(1, 4)).join(' | ')} |`;
    return [row(), '|---|:--|--:|---|', ...Array.from({length: 3 + Math.floor(random() * 5)}, row)].join('\n');
  };
  const blocks: string[] = [];
  for (let length = 0; length < tokens * 4.3;) {
    const kind = random();
    const block = kind < 0.5 ? `${prose(30, 90)}.`
      : kind < 0.62 ? `## ${prose(2, 6)}`
        : kind < 0.74 ? list(() => '- ')
          : kind < 0.82 ? list((index) => `${index + 1}. `)
            : kind < 0.91 ? code()
              : kind < 0.95 ? table()
                : `> ${prose(12, 30)}.`;
    blocks.push(block);
    length += block.length + 2;
  }
  return blocks.join('\n\n');
}
