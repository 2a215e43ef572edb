import type {ReactiveController, ReactiveControllerHost} from 'lit';
import {Listeners, type Unsubscribe} from '../internal/listeners.ts';

const tickMs = 1000;
const ticks = new Listeners<undefined>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Calls back every second. One timer serves the page, and none runs while nobody listens. */
export function onTick(listener: () => void): Unsubscribe {
  const remove = ticks.add(listener);
  timer ??= setTimeout(tick, tickMs);
  return () => {
    remove();
    if (ticks.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

function tick(): void {
  timer = setTimeout(tick, tickMs);
  ticks.notify(undefined);
}

/** Lets an element update every second as long as it has something that the time shows on. */
export class Ticker implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isNeeded: () => boolean;
  #stop: Unsubscribe | undefined;

  /** @param isNeeded read after each update. */
  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#isNeeded()) this.#stop ??= onTick(() => this.#host.requestUpdate());
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
