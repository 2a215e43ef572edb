import {sendKeys} from '@web/test-runner-commands';

/** Types text and presses keys, as a person at the keyboard: `type` text, and names in braces, such as `hello{Shift+Enter}`. */
export async function type(text: string): Promise<void> {
  for (const piece of text.split(/(\{[^}]+\})/).filter((part) => part !== '')) {
    const key = /^\{(.+)\}$/.exec(piece)?.[1];
    if (key) await press(key.split('+'));
    else await sendKeys({type: piece});
  }
}

async function press(keys: readonly string[]): Promise<void> {
  const held = keys.slice(0, -1);
  // The runner's type lists the names of keys; others make the command fail.
  for (const key of held) await sendKeys({down: key });
  await sendKeys({press: keys.at(-1) ?? ''});
  for (const key of held) await sendKeys({up: key });
}
