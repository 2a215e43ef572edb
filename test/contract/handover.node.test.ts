import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, test} from 'node:test';
import type {AiSession} from '../../src/ably/ai-session.ts';
import type {SessionSnapshot} from '../../src/session/snapshot.ts';
import {FaultyStage, isReady} from '../helpers/faulty-stage.ts';
import {seesState} from '../helpers/sees-state.ts';
import {until} from '../helpers/until.ts';

describe('a person who answers in the agents’ place', () => {
  let stage: FaultyStage;

  beforeEach(async () => {
    stage = await FaultyStage.open('conversations:handover');
  });
  afterEach(() => stage.close());

  async function arrive(clientId: string): Promise<AiSession> {
    const session = stage.visitFromElsewhere(clientId);
    session.state.open();
    await isReady(session);
    await seesState(session.state, ({status}) => status === 'ready');
    return session;
  }

  /** Has somebody take over, say something, and hand back, by a clock that is wrong by some ms. */
  async function answerInPlace(session: AiSession, text: string, wrongBy = 0): Promise<void> {
    const handover = {by: 'sam', name: 'Sam', since: Date.now() + wrongBy};
    await session.state.set('handover', handover);
    await seesState(session.state, ({root}) => root['handover'] !== undefined);
    await say(session, text);
    await session.state.set(`handovers.${handover.since}`, {...handover, until: Date.now() + wrongBy});
    await session.state.remove('handover');
  }

  async function say(session: AiSession, text: string): Promise<void> {
    const count = session.snapshot.messages.length + 1;
    await session.dispatch({type: 'send', text});
    await until(session, ({messages}) => messages.length === count && messages.every(({delivery}) => delivery === 'sent'));
  }

  const isHandedBack = (session: AiSession): Promise<void> =>
    seesState(session.state, ({root}) => root['handovers'] !== undefined && root['handover'] === undefined);
  const statusesIn = ({runs}: SessionSnapshot): string => runs.map(({status}) => status).join();

  for (const [clock, wrongBy] of [['', 0], [', by a clock that is slow', -5000]] as const) {
    test(`has the last word after handing back: nobody waits for an answer to it, also after a reload${clock}`, async () => {
      const [ana, sam] = [await arrive('ana'), await arrive('sam')];
      await answerInPlace(sam, 'Done. Goodbye!', wrongBy);
      await isHandedBack(ana);
      const late = await arrive('late');
      for (const session of [ana, sam, late]) {
        const snapshot = await until(session, ({messages, people, runs}) => messages.length === 1 && people.length === 3 && runs.length === 0);
        assert.equal(statusesIn(snapshot), '');
      }
      assert.equal(stage.wakes, 0);
    });
  }

  test('asks the agents like anybody else once the handover is long over', async () => {
    const sam = await arrive('sam');
    const past = {by: 'sam', name: 'Sam', since: Date.now() - 600_000, until: Date.now() - 300_000};
    await sam.state.set(`handovers.${past.since}`, past);
    await say(sam, 'What is left?');
    const late = await arrive('late');
    assert.equal(statusesIn(await until(late, ({runs}) => runs.length === 1)), 'starting');
  });

  test('leaves to the agents what others ask after it', async () => {
    const [ana, sam] = [await arrive('ana'), await arrive('sam')];
    await answerInPlace(sam, 'I am off.');
    await isHandedBack(ana);
    await say(ana, 'Is anybody there?');
    assert.equal(statusesIn(await until(sam, ({runs}) => runs.length === 1)), 'starting');
  });
});
