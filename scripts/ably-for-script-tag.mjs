/**
 * Stands in for `ably` in the single-file build: the same client, of the modular package, with only what the elements
 * use. It leaves out polling, binary frames, encryption and annotations. Modules for bundlers import `ably` itself,
 * since there the page may share it.
 */
import {BaseRealtime, ErrorInfo, FetchRequest, RealtimePresence, Rest, WebSocketTransport} from 'ably/modular';

export {ErrorInfo};

export class Realtime extends BaseRealtime {
  constructor(options) {
    // Rest reads the channel's history.
    super({...options, plugins: {FetchRequest, RealtimePresence, Rest, WebSocketTransport, ...options.plugins}});
  }
}
