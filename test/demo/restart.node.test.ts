import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, test} from 'node:test';
import {instantPace, type Pace} from '../../demo/model/pace.ts';
import {startDemo} from '../../demo/start-demo.ts';
import {Person} from './person.ts';
import {SteppedPace} from './stepped-pace.ts';

describe('the demo, stopped and started again on its data file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const data = join(folder, 'conversations.sqlite');
  const channel = 'conversations:restart';
  const start = (pace: Pace) => startDemo({port: 0, data, pace, log: (line) => console.error(line)});
  after(() => rmSync(folder, {recursive: true}));

  test('ends the answer that it was writing with the reason, remembers the conversation, and goes on', async () => {
    const stepped = new SteppedPace();
    const first = await start(stepped.pace);
    const ana = await Person.join(first, {channel});
    await ana.say('Two days in Rome');
    stepped.write(8);
    await ana.until(() => ana.answer.startsWith('## 2 days'));
    const hasFailed = ana.until(() => ana.statuses.join() === 'error');
    await Promise.all([first.close(), hasFailed]);
    assert.match(ana.failure, /The agent was shut down in mid-answer/);
    ana.hangUp();

    const second = await start(instantPace);
    const again = await Person.join(second, {channel});
    assert.deepEqual(again.texts.map((text) => text.slice(0, 18)), ['user: Two days in ', 'assistant: ## 2 da']);
    await again.say('make it 3 days');
    await again.until(() => again.statuses.join() === 'error,complete');
    assert.match(again.answer, /^## 3 days in Rome/);
    await again.leave();
    await second.close();
  });
});
