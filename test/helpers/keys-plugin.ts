import type {TestRunnerPlugin} from '@web/test-runner';

/** Text to type, or a key to press, to hold, or to let go, by the name that key events give it. */
export type KeyCommand = {type: string} | {press: string} | {down: string} | {up: string};

interface Keyboard {
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  down(key: string): Promise<void>;
  up(key: string): Promise<void>;
}

/** What the launchers have to offer; their classes are not exported to be told apart. */
type Launcher = {type: 'webkit'; keys(command: KeyCommand): Promise<void>} | {type: 'puppeteer'; getPage(id: string): {keyboard: Keyboard}};

/** Adds the command `keys`: the runner's own `sendKeys` knows no WebKit, and by WebDriver no keys that are held. */
export function keysPlugin(): TestRunnerPlugin<KeyCommand> {
  return {
    name: 'keys',
    async executeCommand({command, payload, session}) {
      if (command !== 'keys' || !payload) return undefined;
      const launcher = session.browser as unknown as Launcher;
      if (launcher.type === 'webkit') await launcher.keys(payload);
      else await send(launcher.getPage(session.id).keyboard, payload);
      return true;
    },
  };
}

async function send(keyboard: Keyboard, command: KeyCommand): Promise<void> {
  if ('type' in command) await keyboard.type(command.type);
  else if ('press' in command) await keyboard.press(command.press);
  else if ('down' in command) await keyboard.down(command.down);
  else await keyboard.up(command.up);
}
