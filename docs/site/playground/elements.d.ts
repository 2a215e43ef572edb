/** Made by scripts/docs/vite-plugin.mjs from the custom elements manifest. */
declare module 'virtual:elements' {
  export interface AttributeData {
    readonly name: string;
    readonly type: string;
    readonly default?: string;
    readonly description: string;
  }

  export interface ElementData {
    readonly tag: string;
    readonly description: string;
    readonly attributes: readonly AttributeData[];
  }

  export interface TokenData {
    readonly name: string;
    readonly default: string;
  }

  const data: {readonly elements: readonly ElementData[]; readonly tokens: readonly TokenData[]};
  export default data;
}
