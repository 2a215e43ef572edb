import {executeServerCommand} from '@web/test-runner-commands';
import type {KeyCommand} from './keys-plugin.ts';

/** Types text and presses keys, as a person at the keyboard: `type` text, and names in braces, such as `hello{Shift+Enter}`. */
export async function type(text: string): Promise<void> {
  for (const piece of text.split(/(\{[^}]+\})/).filter((part) => part !== '')) {
    const key = /^\{(.+)\}$/.exec(piece)?.[1];
    if (key) await press(key.split('+'));
    else await send({type: piece});
  }
}

async function press(keys: readonly string[]): Promise<void> {
  const held = keys.slice(0, -1);
  for (const key of held) await send({down: key});
  await send({press: keys.at(-1) ?? ''});
  for (const key of held) await send({up: key});
}

function send(command: KeyCommand): Promise<unknown> {
  return executeServerCommand('keys', command);
}
