import * as Ably from 'ably';
import {LiveObjects} from 'ably/liveobjects';
import {agentClaims, signToken} from '../http/token.ts';

/**
 * The agent's own line, with a token for conversations only.
 * @param brokerPort of a broker on this machine; on Ably itself when undefined.
 */
export function connectAgent(key: string, brokerPort: number | undefined): Ably.Realtime {
  return new Ably.Realtime({
    plugins: {LiveObjects},
    // Comes back well before its presence times out, after 15 s: it would be taken for lost.
    disconnectedRetryTimeout: 3000,
    ...(brokerPort !== undefined && {endpoint: '127.0.0.1', port: brokerPort, tls: false}),
    authCallback: (_params, done) => {
      signToken(key, agentClaims()).then(
        (token) => done(null, token),
        (error: unknown) => done(String(error), null),
      );
    },
  });
}
