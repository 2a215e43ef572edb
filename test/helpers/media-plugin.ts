import type {TestRunnerPlugin} from '@web/test-runner';
import type {ChromeLauncher} from '@web/test-runner-chrome';

/** Adds the command `emulate-features`: media features that the runner's own `emulateMedia` ignores. */
export function mediaPlugin(): TestRunnerPlugin<{name: string; value: string}[]> {
  return {
    name: 'media-features',
    async executeCommand({command, payload, session}) {
      if (command !== 'emulate-features') return undefined;
      // The launcher of this runner is always Chrome's; the type is that of any browser.
      await (session.browser as ChromeLauncher).getPage(session.id).emulateMediaFeatures(payload);
      return true;
    },
  };
}
