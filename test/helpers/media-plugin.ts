import type {TestRunnerPlugin} from '@web/test-runner';

interface MediaFeature {
  name: string;
  value: string;
}

interface Size {
  width: number;
  height: number;
}

interface Page {
  emulateMediaFeatures(features: MediaFeature[]): Promise<void>;
  setViewport(size: Size): Promise<void>;
}

/** What the launchers have to offer; their classes are not exported to be told apart. */
type Launcher = {type: 'webkit'; resize(size: Size): Promise<void>} | {type: 'puppeteer'; getPage(id: string): Page};

/** Adds the commands `emulate-features`, for Chromium, and `resize`, for all: the runner's own know no forced colours and no WebKit. */
export function mediaPlugin(): TestRunnerPlugin<MediaFeature[] | Size> {
  return {
    name: 'media',
    async executeCommand({command, payload, session}) {
      const launcher = session.browser as unknown as Launcher;
      if (command === 'emulate-features' && launcher.type === 'puppeteer') {
        await launcher.getPage(session.id).emulateMediaFeatures((payload ?? []) as MediaFeature[]);
        return true;
      }
      if (command === 'resize') {
        if (launcher.type === 'webkit') await launcher.resize(payload as Size);
        else await launcher.getPage(session.id).setViewport(payload as Size);
        return true;
      }
      return undefined;
    },
  };
}
