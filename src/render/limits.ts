/** Named limits: what hostile or broken text may ask for. Beyond a limit text shows as plain text; nothing is lost. */
export const limits = {
  /** Block quotes and lists inside one another. */
  blockDepth: 16,
  /** Emphasis, links and strikethrough inside one another. */
  inlineDepth: 16,
  /** Characters of one paragraph, heading or cell that are parsed in one go; longer text is parsed in pieces. */
  inlineRun: 4_000,
  /** Marks (`*`, `[`, backticks and so on) that are parsed in one go; no prose has as many in as many characters. */
  inlineMarks: 400,
  /** Characters of a list or table that are read together: of a longer one, the items or rows at its beginning are finished. */
  parts: 1_000,
  /** Characters of one block that are read together; of a longer list or table its parts are, any other goes on as a new block. */
  block: 16_000,
  /** Characters of one line of code; a longer one is shown on several lines. */
  codeLine: 20_000,
  /** Cells of one table; further rows show as text. */
  tableCells: 10_000,
  /** Columns of one table; a wider one shows as text. */
  tableColumns: 100,
  /** Characters of a link target. */
  url: 4_096,
  /** Link reference definitions of one message; further ones are ignored. */
  definitions: 500,
  /** Characters of a code block that are highlighted; a longer one stays plain. */
  highlight: 20_000,
  /** How long finding the colours of a block may take, in milliseconds; one that takes longer stays plain. */
  highlightMs: 50,
  /** Sum of the squares of the lengths of its lines; like the next ones, what takes the highlighter some 30 ms. */
  highlightLines: 25_000_000,
  /** Sum of the squares of how many letters, digits, dots, dashes and spaces stand together in it. */
  highlightCalm: 5_000_000,
  /** Sum of the cubes of the lengths of its words. */
  highlightWords: 30_000_000,
  /** Places in it from which the highlighter looks through all the rest, times its length. */
  highlightStarts: 15_000_000,
} as const;
