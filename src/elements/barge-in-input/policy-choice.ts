import {warnOnce} from '../../internal/warn.ts';
import {type BargeInPolicy, bargeInPolicies, isBargeInPolicy} from '../../session/index.ts';

interface PolicyHost {
  readonly localName: string;
  readonly policy: BargeInPolicy;
  readonly policies?: string | undefined;
  requestUpdate(): void;
}

/**
 * What a person may choose where the page does not say. `alongside` is left out: two answers at once are for pages
 * whose agents are made for it.
 */
const usualChoices = 'interrupt steer queue';

/** Which of the policies holds for the message that is being written, and which the person may choose. */
export class PolicyChoice {
  readonly #host: PolicyHost;
  #chosen: BargeInPolicy | undefined;

  constructor(host: PolicyHost) {
    this.#host = host;
  }

  /** The page's own policy, which holds unless the person chooses. */
  get usual(): BargeInPolicy {
    const {policy} = this.#host;
    if (isBargeInPolicy(policy)) return policy;
    this.#warn('policy', String(policy), '"interrupt" is used');
    return 'interrupt';
  }

  /** What the person may choose, the usual one first. */
  get all(): readonly BargeInPolicy[] {
    const words = (this.#host.policies ?? usualChoices).split(/\s+/).filter((word) => word !== '');
    for (const word of words) if (!isBargeInPolicy(word)) this.#warn('policies', word, 'it is left out');
    return [...new Set([this.usual, ...words.filter(isBargeInPolicy)])];
  }

  get current(): BargeInPolicy {
    return this.#chosen !== undefined && this.all.includes(this.#chosen) ? this.#chosen : this.usual;
  }

  choose(policy: BargeInPolicy): void {
    this.#chosen = policy;
    this.#host.requestUpdate();
  }

  /** A choice holds for one message. */
  forget(): void {
    this.#chosen = undefined;
    this.#host.requestUpdate();
  }

  #warn(attribute: string, word: string, consequence: string): void {
    warnOnce(`<${this.#host.localName} ${attribute}>: "${word}" is not known; ${consequence}. Known: ${bargeInPolicies.join(', ')}.`);
  }
}
