/** Reads a CPU profile of a page by whose code used it. */

/** Whose a script is, by the name of its chunk: see `groups` in build-pages.ts. */
const owners: Readonly<Record<string, string>> = {
  sdk: 'Ably and AI Transport', elements: 'our session and elements', render: 'our renderer, with marked', lit: 'Lit', highlighter: 'colours of code',
};
export const sdkOwner = 'Ably and AI Transport';
/** Whose work showing is. */
export const elementOwners: readonly string[] = Object.values(owners).filter((owner) => owner !== sdkOwner);

/** The part of the protocol's `Profiler.Profile` that is read. */
export interface Profile {
  nodes: {id: number; callFrame: {functionName: string; url: string}; children?: number[]}[];
  samples?: number[];
  timeDeltas?: number[];
}

/** CPU time in ms by whose it was, most first. What the browser does for a script, such as parsing JSON, counts to that script. */
export function sharesOf({nodes, samples = [], timeDeltas = []}: Profile): Record<string, number> {
  const ownerOf = new Map<number, string>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const assign = (id: number, inherited: string): void => {
    const node = byId.get(id);
    if (!node) return;
    const {url, functionName} = node.callFrame;
    const chunk = /([\w-]+?)(?:-[\w-]{8})?\.js$/.exec(url)?.[1];
    const own = chunk === undefined ? undefined : (owners[chunk] ?? 'other scripts');
    const isCollector = functionName === '(garbage collector)';
    const owner = own ?? (isCollector ? 'garbage collection' : functionName.startsWith('(') ? `browser ${functionName}` : inherited);
    ownerOf.set(id, owner);
    for (const child of node.children ?? []) assign(child, owner);
  };
  const [root] = nodes;
  if (root) assign(root.id, 'other scripts');
  const result: Record<string, number> = {};
  for (const [index, id] of samples.entries()) {
    const owner = ownerOf.get(id) ?? 'other scripts';
    result[owner] = (result[owner] ?? 0) + (timeDeltas[index] ?? 0) / 1_000;
  }
  delete result['browser (idle)'];
  delete result['browser (root)'];
  return Object.fromEntries(Object.entries(result).sort(([, one], [, other]) => other - one));
}
