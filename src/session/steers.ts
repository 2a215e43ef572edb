import {SessionError} from './errors.ts';

/** Why a steer was kept back: the run that it was to join was stopped before it could be sent. */
export function steerNotSent(): SessionError {
  return new SessionError('The run was stopped before the message could join it, so it was not sent.', {
    kind: 'input',
    hint: 'Send it again, and it starts a run of its own.',
  });
}
