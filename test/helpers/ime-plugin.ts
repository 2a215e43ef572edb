import type {TestRunnerPlugin} from '@web/test-runner';

interface Composition {
  text: string;
  /** Whether the person has confirmed it. */
  isFinal: boolean;
}

/** The part of the Chrome launcher that this plugin uses; the launcher's class is not exported to be extended. */
interface PageOwner {
  getPage(sessionId: string): {createCDPSession(): Promise<{send(method: string, parameters: object): Promise<unknown>; detach(): Promise<void>}>};
}

/** Adds the command `compose`: text as an input method brings it, with the browser's own composition events. */
export function imePlugin(): TestRunnerPlugin<Composition> {
  return {
    name: 'input-method',
    async executeCommand({command, payload, session}) {
      if (command !== 'compose' || !payload) return undefined;
      const {text, isFinal} = payload;
      // The runner's type is that of any browser; this configuration launches only Chrome.
      const devtools = await (session.browser as unknown as PageOwner).getPage(session.id).createCDPSession();
      if (isFinal) await devtools.send('Input.insertText', {text});
      else await devtools.send('Input.imeSetComposition', {text, selectionStart: text.length, selectionEnd: text.length});
      await devtools.detach();
      return true;
    },
  };
}
