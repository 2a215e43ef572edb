/** What the page's strict policy asks of Next.js, before anything is loaded later. */
const page = globalThis as {
  trustedTypes?: {createPolicy(name: 'default', rules: {createScriptURL(address: string): string | null}): unknown};
  __zod_globalConfig?: {jitless: boolean};
};

// Turbopack loads chunks by addresses that are plain text, which Trusted Types refuse: this site's own may pass.
page.trustedTypes?.createPolicy('default', {
  createScriptURL: (address) => (new URL(address, location.href).origin === location.origin ? address : null),
});
// The AI SDK brings Zod along, which tries whether it may evaluate code.
page.__zod_globalConfig = {jitless: true};

export {};
