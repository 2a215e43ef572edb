import {createMemorySession} from '../../src/testing/index.ts';
import {until} from '../helpers/until.ts';
import {approvalContract} from './approval-contract.ts';
import type {AskStage} from './ask-stage.ts';
import {branchContract} from './branch-contract.ts';
import {clientToolContract} from './client-tool-contract.ts';

function open(): Promise<AskStage> {
  const session = createMemorySession({clientId: 'ana'});
  return Promise.resolve({
    session,
    answerNext: async () => {
      await until(session, ({runs}) => runs.some((run) => run.status === 'starting'));
      const run = session.startRun();
      const answers = (): number => session.snapshot.approvals.filter(({state}) => state === 'decided').length +
        session.snapshot.messages.flatMap(({parts}) => parts).filter((part) => 'toolCallId' in part && part.state.startsWith('output')).length;
      return {
        say: async (text) => run.append(text),
        ask: async ({toolCallId, toolName, input, approvers, note}) => {
          run.part({type: 'data-approval', data: {toolCallId, approvers, note}});
          run.part({type: `tool-${toolName}`, toolCallId, state: 'approval-requested', input, approval: {id: `asked-${toolCallId}`}});
        },
        call: async ({toolCallId, toolName, input}) => run.part({type: `tool-${toolName}`, toolCallId, state: 'input-available', input}),
        refuse: async (toolCallId, clientId, reason) => session.approvals.refuse(toolCallId, {clientId, reason}),
        suspend: async () => run.end('suspended'),
        resumed: async () => {
          await until(session, () => answers() > 0);
          run.resume();
        },
        end: async () => run.end('complete'),
        giveUp: async () => run.end('complete'),
      };
    },
    close: () => Promise.resolve(),
  });
}

approvalContract('a session in memory', open);
clientToolContract('a session in memory', open);
branchContract('a session in memory', open);
