export const singleFile: string;
/** Builds the file for the script tag, and the folder beside it, into `outDir`. */
export function bundleScriptTag(outDir: string): Promise<void>;
