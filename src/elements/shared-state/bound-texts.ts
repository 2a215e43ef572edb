import {type LiveValue, valueAt} from '../../session/index.ts';
import {textOf} from './field.ts';

/** What the page wrote into elements that follow the state: shown again when there is nothing to show. */
const written = new WeakMap<Element, string>();

/** Shows in each element the value that its `data-bind` names. */
export function showTexts(elements: readonly Element[], value: LiveValue | undefined): void {
  for (const element of elements) {
    const bound = valueAt(value, element.getAttribute('data-bind') ?? '');
    if (!written.has(element)) written.set(element, element.textContent);
    const text = bound === undefined || bound === null ? (written.get(element) ?? '') : textOf(bound);
    if (element.textContent !== text) element.textContent = text;
  }
}
