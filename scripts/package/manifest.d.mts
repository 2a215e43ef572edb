export function createManifest(root: string): object;
