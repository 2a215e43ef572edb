import type {Approval} from './approvals.ts';
import {SessionError} from './errors.ts';

/**
 * The approval that a decision is about, where this client may decide it now.
 * @throws {SessionError} of kind `input` where there is nothing to decide: somebody has, nobody can any more, or it is for others.
 */
export function approvalToDecide(approvals: readonly Approval[], toolCallId: string, clientId: string | undefined): Approval {
  const approval = approvals.find((candidate) => candidate.toolCallId === toolCallId);
  if (!approval) throw refusal('There is nothing to decide: no agent asks about this call here.');
  switch (approval.state) {
    case 'decided':
      throw alreadyDecided(approval);
    case 'expired':
      throw refusal('It is too late to decide: the agent has stopped waiting for it.', 'Ask the agent again, if it is still wanted.');
    case 'deciding':
      throw refusal('Your decision on this is on its way already.');
    case 'pending':
  }
  const {approvers} = approval;
  if (approvers && (clientId === undefined || !approvers.includes(clientId))) {
    throw refusal('This is not for you to decide.', `It is for ${approvers.join(', ') || 'nobody'}.`);
  }
  return approval;
}

/** Says who was first. */
export function alreadyDecided({decision}: Approval): SessionError {
  const {clientId = 'Somebody', approved = false} = decision ?? {};
  return refusal(`${clientId} has decided already: ${approved ? 'approved' : 'denied'}.`);
}

function refusal(message: string, hint?: string): SessionError {
  return new SessionError(message, {kind: 'input', ...(hint === undefined ? {} : {hint})});
}
