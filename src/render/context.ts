import type {Grammar} from './grammar.ts';
import type {MarkdownLabels} from './labels.ts';

/** What the makers of specs need to know of the view they work for. */
export interface RenderContext {
  readonly grammar: Grammar;
  readonly linkSchemes: readonly string[];
  readonly imageOrigins: readonly string[];
  readonly labels: MarkdownLabels;
  readonly highlight: boolean;
  /** The address that relative links start from. */
  readonly base: string;
  /** Grows whenever the meaning of a reference changes, so that nothing remembered from before is taken for current. */
  revision: number;
  /** The tokens that the text, still arriving, ends in: the last block, its last item or row, the paragraph in it. */
  open: ReadonlySet<object>;
  /** Whether nothing is open where the text ends, and nothing of it is held back: set by whoever reads that end. */
  endsPlain: boolean;
}
