import {isComposing} from '../shared/composing.ts';

/** Whether a key is pressed without Ctrl, Alt, Shift or the command key. */
export function isPlainKey({altKey, ctrlKey, metaKey, shiftKey}: KeyboardEvent): boolean {
  return !altKey && !ctrlKey && !metaKey && !shiftKey;
}

/** Whether an input method is composing text in a field, from the field's events and from each key. */
export class Composition {
  #isOn = false;

  readonly on = (event: CompositionEvent): void => {
    this.#isOn = event.type === 'compositionstart';
  };

  /** Safari ends the composition before the keydown of the Enter that confirmed it; that one is told by its key code. */
  owns(event: KeyboardEvent): boolean {
    return this.#isOn || isComposing(event);
  }
}

/**
 * Which of the ways to send an Enter asks for: 0 for the one that holds, 1 for the second with Ctrl or the command key,
 * 2 for the third with Shift as well, 3 for the fourth with Alt alone; undefined where it sends nothing.
 */
export function wayToSend({key, altKey, ctrlKey, metaKey, shiftKey}: KeyboardEvent): 0 | 1 | 2 | 3 | undefined {
  if (key !== 'Enter') return undefined;
  if (altKey) return ctrlKey || metaKey || shiftKey ? undefined : 3;
  if (ctrlKey || metaKey) return shiftKey ? 2 : 1;
  return shiftKey ? undefined : 0;
}
