import type {TestRunnerPlugin} from '@web/test-runner';

interface MediaFeature {
  name: string;
  value: string;
}

/** The part of the Chrome launcher that this plugin uses; the launcher's class is not exported to be extended. */
interface PageOwner {
  getPage(sessionId: string): {emulateMediaFeatures(features: MediaFeature[]): Promise<void>};
}

/** Adds the command `emulate-features`: media features that the runner's own `emulateMedia` ignores. */
export function mediaPlugin(): TestRunnerPlugin<MediaFeature[]> {
  return {
    name: 'media-features',
    async executeCommand({command, payload, session}) {
      if (command !== 'emulate-features') return undefined;
      // The runner's type is that of any browser; this configuration launches only Chrome.
      await (session.browser as unknown as PageOwner).getPage(session.id).emulateMediaFeatures(payload ?? []);
      return true;
    },
  };
}
