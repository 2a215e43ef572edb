/**
 * Serials give every channel's events one order, lexicographically, across all channels, within a millisecond, over
 * restarts and a clock that steps back: `<14-digit ms>-<3-digit counter>@<series>`, for one message in a protocol
 * message followed by `:<3-digit index>`. The series names the data a serial belongs to: a serial of another series
 * comes from a log this broker does not have.
 */
const shape = /^(\d{14})-(\d{3})@([\w-]+)$/;

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

export class Serials {
  readonly series: string;
  #ms = 0;
  /** The millisecond as it is written, with the dash behind it. */
  #prefix = '';
  #counter = 0;
  #last: string;

  /** `after` is the last serial this series is known to have given out. */
  constructor(series: string, now: number, after?: string) {
    this.series = series;
    const [, ms, counter] = shape.exec(after ?? '') ?? [];
    this.#setMs(Number(ms ?? 0));
    this.#counter = Number(counter ?? 0);
    this.#last = this.next(now);
  }

  /** The newest serial: everything that has happened is at or before it. */
  get last(): string {
    return this.#last;
  }

  next(now: number): string {
    if (now > this.#ms) this.#setMs(now);
    else if (++this.#counter > 999) this.#setMs(this.#ms + 1);
    this.#last = `${this.#prefix}${pad(this.#counter, 3)}@${this.series}`;
    return this.#last;
  }

  #setMs(ms: number): void {
    this.#ms = ms;
    this.#prefix = `${pad(ms, 14)}-`;
    this.#counter = 0;
  }

  /** Whether this broker gave the serial out. */
  isKnown(serial: string): boolean {
    return shape.exec(serial)?.[3] === this.series && serial <= this.#last;
  }
}

/** The serial of one message inside the protocol message that `channelSerial` names. */
export function messageSerial(channelSerial: string, index = 0): string {
  return `${channelSerial}:${pad(index, 3)}`;
}

/** The protocol message a message's serial belongs to. */
export function channelSerialOf(serial: string): string {
  const end = serial.indexOf(':');
  return end < 0 ? serial : serial.slice(0, end);
}

/** A serial that sorts right behind every message of that protocol message. */
export function afterSerial(channelSerial: string): string {
  return `${channelSerial}:~`;
}
