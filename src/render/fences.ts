/** Shows the code of a fenced block in its own way, such as a formula or a diagram. */
export type FenceRenderer = (code: string) => Node | Promise<Node>;

/** Loads a renderer when the first block of its language is finished. */
export type FenceLoader = () => Promise<FenceRenderer>;

const loaders = new Map<string, FenceLoader>();

/** Registers what shows finished fenced blocks of a language, such as `math` or `mermaid`; loaded on first use. */
export function registerFence(language: string, loader: FenceLoader): void {
  loaders.set(language.toLowerCase(), loader);
}

export const fenceLoader = (language: string): FenceLoader | undefined => loaders.get(language.toLowerCase());
