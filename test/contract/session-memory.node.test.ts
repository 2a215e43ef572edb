import {SessionError} from '../../src/session/errors.ts';
import {createMemorySession, type LoadedMessage} from '../../src/testing/index.ts';
import {until} from '../helpers/until.ts';
import {queueContract} from './queue-contract.ts';
import {type OpenStage, sessionContract, type Stage} from './session-contract.ts';
import {steerContract} from './steer-contract.ts';

const open: OpenStage = ({past, pageSize}) => {
  const session = createMemorySession({pageSize});
  const stage: Stage = {
    session,
    answerNext: async () => {
      await until(session, ({runs}) => runs.some((run) => run.status === 'starting'));
      const run = session.startRun();
      return {
        append: async (delta) => run.append(delta),
        hear: async () => {
          await until(session, ({messages}) => messages.some(({steer}) => steer === 'waiting'));
          run.consume();
        },
        suspend: async () => run.end('suspended'),
        end: async (_reason, message) => {
          if (message === undefined) run.end('complete');
          else run.end('error', new SessionError(message, {kind: 'agent'}));
        },
      };
    },
    close: () => Promise.resolve(),
  };
  session.load(pairs(past));
  return Promise.resolve(stage);
};

sessionContract('a session in memory', open);
steerContract('a session in memory', open);
queueContract('a session in memory', open);

function pairs(count: number): LoadedMessage[] {
  return Array.from({length: count}, (_, index) => [
    {id: `q${index + 1}`, role: 'user' as const, parts: [{type: 'text' as const, text: `question ${index + 1}`}]},
    {id: `a${index + 1}`, role: 'assistant' as const, parts: [{type: 'text' as const, text: `answer ${index + 1}`}]},
  ]).flat();
}
