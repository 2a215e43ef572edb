import {AskTable} from '../helpers/ask-table.ts';
import {approvalContract} from './approval-contract.ts';
import type {AskStage} from './ask-stage.ts';
import {branchContract} from './branch-contract.ts';
import {clientToolContract} from './client-tool-contract.ts';

async function open(): Promise<AskStage> {
  const table = await AskTable.set();
  const {session} = await table.visit('ana');
  return {session, answerNext: () => table.agent.answerNext(), close: () => table.close()};
}

approvalContract('a session on a channel', open);
clientToolContract('a session on a channel', open);
branchContract('a session on a channel', open);
