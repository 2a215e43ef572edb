/** The texts and accessible names that rendered Markdown needs, to be translated by the caller. */
export interface MarkdownLabels {
  /** Name of the button that copies a code block. */
  copy: string;
  /** What the button says, and what is announced, once it has copied. */
  copied: string;
  /** What the button says when the browser refused to copy. */
  copyFailed: string;
  /** Name of a code block; `{language}` is replaced by the language. */
  code: string;
  /** The language of a code block that names none. */
  plainText: string;
  /** Name of the region that a wide table scrolls in. */
  table: string;
  /** Name of a ticked task's checkbox. */
  taskDone: string;
  /** Name of an open task's checkbox. */
  taskOpen: string;
  /** Text of a link to an image that has no description of its own. */
  image: string;
}

export const defaultLabels: MarkdownLabels = {
  copy: 'Copy code',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  code: 'Code: {language}',
  plainText: 'text',
  table: 'Table',
  taskDone: 'Done',
  taskOpen: 'To do',
  image: 'Image',
};
