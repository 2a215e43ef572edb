import type {OutboxStore} from '../../src/session/outbox.ts';

/** Keeps nothing beyond the session, as where the browser has no storage. */
export const noStore: OutboxStore = {
  takeOver: () => Promise.resolve([]),
  save: () => undefined,
  leave: () => undefined,
  close: () => undefined,
};
