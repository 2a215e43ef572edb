import type * as Ably from 'ably';
import {type PresenceMember, presenceDataOf} from '../session/presence.ts';
import {Absences} from './absences.ts';

/** How many presence messages are looked at for agents that were here before. */
const lookBackLimit = 100;

/** Who is present on a channel, and this page's own place among them. */
export class PresenceWatch {
  readonly #onChange: () => void;
  readonly #onEvent = (message: Ably.PresenceMessage): void => {
    // The SDK makes up leaves for whom it does not find again after a gap: whether they took their leave only the past tells.
    if (message.action === 'leave' && !message.id) void this.#lookAgain();
    else this.#note(message);
    this.#read();
  };
  #presence: Ably.RealtimePresence | undefined;
  #members: readonly PresenceMember[] = [];
  #isKnown = false;
  #isReading = false;
  #hasLookedBack = false;
  #isLookingAgain = false;
  #isDue = false;
  /** Agents that were seen here, and are remembered when they are gone. */
  readonly knownAgents = new Set<string>();
  /** Those of them who left while they said that they were at work, with when, in ms since the epoch. */
  readonly vanishedAgents = new Map<string, number>();
  readonly absences: Absences;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.absences = new Absences(onChange);
  }

  get members(): readonly PresenceMember[] {
    return this.#members;
  }

  /** Whether the members are all there are: without that, nobody can be told to be gone. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** Whether the channel tells who is present at all: its rights may not allow that. */
  get isFollowed(): boolean {
    return this.#presence !== undefined;
  }

  /** Follows the presence of a channel that is attached, and enters as a person where its rights allow that. */
  follow(channel: Ably.RealtimeChannel, modes: readonly string[], {mayEnter}: {mayEnter: boolean}): void {
    this.stop();
    if (mayEnter && modes.includes('presence')) {
      // Being seen is not what the session is for: where it is refused, the conversation goes on.
      channel.presence.enter({type: 'person'}).catch(() => undefined);
    }
    if (!modes.includes('presence_subscribe')) return;
    this.#presence = channel.presence;
    this.#presence.subscribe(this.#onEvent).catch(() => undefined);
    this.#read({waitForSync: true});
  }

  /**
   * Learns from the past which agents have been here. Without it, a page that is opened after an agent died would wait
   * for it: only who was present can be missed.
   */
  async lookBack({again = false} = {}): Promise<void> {
    if ((this.#hasLookedBack && !again) || !this.#presence) return;
    this.#hasLookedBack = true;
    try {
      const {items} = await this.#presence.history({limit: lookBackLimit});
      for (const item of [...items].reverse()) this.#note(item);
      this.#onChange();
    } catch {
      // Without the right to read history, agents are missed only by those who saw them.
    }
  }

  /** Once for all who left at the same time, and once more for those who left while it looked. */
  async #lookAgain(): Promise<void> {
    this.#isDue = true;
    if (this.#isLookingAgain) return;
    this.#isLookingAgain = true;
    while (this.#isDue) {
      // Those who are missed after a gap are told of one by one, within one task.
      await Promise.resolve();
      this.#isDue = false;
      await this.lookBack({again: true});
    }
    this.#isLookingAgain = false;
  }

  stop(): void {
    this.#presence?.unsubscribe(this.#onEvent);
    this.#presence = undefined;
    this.#isKnown = false;
    this.absences.close();
    // A read that is under way is of no use any more, and must not keep the next channel's from being made.
    this.#isReading = false;
  }

  #note({clientId, action, data, timestamp}: Ably.PresenceMessage): void {
    const {type, status} = presenceDataOf(data);
    if (type !== 'agent') return;
    this.knownAgents.add(clientId);
    // Whose connection breaks is made to leave with what it said last; who takes its leave says that it is idle.
    if (action === 'leave' && (status === 'thinking' || status === 'streaming')) this.vanishedAgents.set(clientId, timestamp);
    else this.vanishedAgents.delete(clientId);
  }

  /** Several changes at once, as in a sync, are read once. */
  #read({waitForSync = false} = {}): void {
    const presence = this.#presence;
    if (!presence || this.#isReading) return;
    this.#isReading = true;
    const settle = (members: readonly Ably.PresenceMessage[] | undefined): void => {
      if (this.#presence !== presence) return;
      this.#isReading = false;
      if (!members) return;
      this.#members = members.map(memberOf);
      for (const {clientId, type} of this.#members) if (type === 'agent') this.knownAgents.add(clientId);
      this.#isKnown ||= presence.syncComplete;
      this.#onChange();
    };
    presence.get({waitForSync}).then(settle, () => settle(undefined));
  }
}

function memberOf({clientId, connectionId, timestamp, data}: Ably.PresenceMessage): PresenceMember {
  return {...presenceDataOf(data), key: `${connectionId}:${clientId}`, clientId, since: timestamp};
}
