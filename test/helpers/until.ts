import type {Session} from '../../src/session/session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';

/**
 * Resolves with the first snapshot that fulfils the condition, which may be the present one. Rejects when none does in
 * time, with the last snapshot in the message.
 */
export function until(session: Session, condition: (snapshot: SessionSnapshot) => boolean, timeoutMs = 8000): Promise<SessionSnapshot> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      settle();
    };
    const timer = setTimeout(() => {
      finish(() => reject(new Error(`It did not come about. Last snapshot: ${JSON.stringify(session.snapshot, null, 1)}`)));
    }, timeoutMs);
    const unsubscribe = session.subscribe(({snapshot}) => {
      if (condition(snapshot)) finish(() => resolve(snapshot));
    });
    if (condition(session.snapshot)) finish(() => resolve(session.snapshot));
  });
}
