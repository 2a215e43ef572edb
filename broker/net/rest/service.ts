/** Routes that belong to no channel: time, statistics, tokens. */
import {type Routes} from '../routes.ts';

export const serviceRoutes: Routes = {
  'GET /time': ({broker}) => ({body: [broker.environment.now()]}),
  // No statistics are kept; JWT tests use this as a ping that needs credentials.
  'GET /stats': (request) => {
    request.authenticate();
    return {body: []};
  },
  'POST /stats': () => ({status: 201, body: []}),
  'POST /keys/*/requestToken': ({broker, body}, keyName = '') => ({status: 201, body: broker.tokenRequests.answer(keyName, body)}),
};
