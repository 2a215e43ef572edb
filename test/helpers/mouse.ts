import {executeServerCommand} from '@web/test-runner-commands';
import type {MouseCommand} from './mouse-plugin.ts';

/** Moves the mouse, to CSS pixels from the window's corner, and holds and lets go its first button. */
export const mouse = {
  move: (x: number, y: number): Promise<unknown> => send({type: 'pointerMove', x, y}),
  down: (): Promise<unknown> => send({type: 'pointerDown', button: 0}),
  up: (): Promise<unknown> => send({type: 'pointerUp', button: 0}),
};

function send(command: MouseCommand): Promise<unknown> {
  return executeServerCommand('mouse', command);
}
