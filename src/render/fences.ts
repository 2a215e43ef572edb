/** Where what a renderer makes will stand. */
export interface FencePlace {
  /** In a line of text, as a formula between `\(` and `\)` does, and not on its own. */
  readonly isInline: boolean;
}

/** Makes what is shown instead of a fenced block's code, such as a formula or a diagram, of nodes of its own making. */
export type FenceRenderer = (code: string, place: FencePlace) => Node | Promise<Node>;

/** Loads a renderer; called when the first block of its language is finished, so that nothing is loaded before. */
export type FenceLoader = () => Promise<FenceRenderer>;

const loaders = new Map<string, FenceLoader>();
const loaded = new Map<string, Promise<FenceRenderer>>();

/**
 * Has finished fenced blocks of a language shown in their own way. While such a block arrives, and where its renderer
 * fails, its code shows. The code stays what the copy button copies.
 *
 * What is registered for `math` shows formulas in the text too: `$$…$$` and `\[…\]`, `\(…\)` and `$…$`. Register it
 * before conversations show.
 *
 * ```ts
 * registerFence('math', async () => {
 *   const {default: katex} = await import('katex');
 *   return (code, {isInline}) => {
 *     const formula = document.createElement('span');
 *     katex.render(code, formula, {displayMode: !isInline, output: 'mathml', throwOnError: true});
 *     return formula;
 *   };
 * });
 * ```
 *
 * The renderer gets what a model wrote: it must not hand it to an HTML parser.
 */
export function registerFence(language: string, loader: FenceLoader): void {
  loaders.set(language.toLowerCase(), loader);
  loaded.delete(language.toLowerCase());
}

/** Whether a renderer is registered for a language. */
export const hasFence = (language: string): boolean => loaders.has(language);

/** The renderer of a language's blocks, if one is registered. A failed load is tried again with the next block. */
export function fenceRenderer(language: string): Promise<FenceRenderer> | undefined {
  const key = language.toLowerCase();
  const loader = loaders.get(key);
  if (!loader) return undefined;
  const loading = loaded.get(key) ?? loader();
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}
