import type {TestRunnerPlugin} from '@web/test-runner';

/** One action of the mouse with its first button, as WebDriver has them; `x` and `y` in CSS pixels from the window's corner. */
export type MouseCommand = {type: 'pointerMove'; x: number; y: number} | {type: 'pointerDown' | 'pointerUp'; button: 0};

interface Mouse {
  move(x: number, y: number): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
}

/** What the launchers have to offer; their classes are not exported to be told apart. */
type Launcher = {type: 'webkit'; mouse(command: MouseCommand): Promise<void>} | {type: 'puppeteer'; getPage(id: string): {mouse: Mouse}};

/** Adds the command `mouse`: the runner's own `sendMouse` knows no WebKit. */
export function mousePlugin(): TestRunnerPlugin<MouseCommand> {
  return {
    name: 'mouse',
    async executeCommand({command, payload, session}) {
      if (command !== 'mouse' || !payload) return undefined;
      const launcher = session.browser as unknown as Launcher;
      if (launcher.type === 'webkit') await launcher.mouse(payload);
      else await send(launcher.getPage(session.id).mouse, payload);
      return true;
    },
  };
}

async function send(mouse: Mouse, command: MouseCommand): Promise<void> {
  if (command.type === 'pointerMove') await mouse.move(command.x, command.y);
  else if (command.type === 'pointerDown') await mouse.down();
  else await mouse.up();
}
