import {type ElementPart, noChange} from 'lit';
import {Directive, directive, type PartInfo, PartType} from 'lit/directive.js';

/** What people have opened or closed themselves, by the name of the fold. */
export type FoldMemory = Map<string, boolean>;

class FoldDirective extends Directive {
  #isWired = false;
  #applied: boolean | undefined;
  #remember: (isOpen: boolean) => void = () => undefined;

  constructor(partInfo: PartInfo) {
    super(partInfo);
    if (partInfo.type !== PartType.ELEMENT) throw new Error('fold() belongs on a <details>.');
  }

  render(...[]: [name: string, isOpen: boolean, memory: FoldMemory]): typeof noChange {
    return noChange;
  }

  override update({element}: ElementPart, [name, isOpen, memory]: Parameters<this['render']>): typeof noChange {
    if (!(element instanceof HTMLDetailsElement)) return noChange;
    this.#remember = (wanted) => void memory.set(name, wanted);
    if (!this.#isWired) {
      this.#isWired = true;
      // A click on the summary, which keys make too, is the person's; before the browser acts on it.
      element.addEventListener('click', ({target}) => {
        if (target instanceof Element && target.closest('summary')?.parentElement === element) this.#remember(!element.open);
      });
    }
    const wanted = memory.get(name) ?? isOpen;
    if (wanted !== this.#applied) element.open = wanted;
    this.#applied = wanted;
    return noChange;
  }
}

/**
 * Opens and closes a `<details>` until the person does so: from then on it stays as they left it.
 * Arguments: a name for what it holds, whether it should be open now, and where the person's will is kept.
 */
export const fold = directive(FoldDirective);
