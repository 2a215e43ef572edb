import * as Ably from 'ably';

type Listen = (type: string, listener: () => void) => void;

/** A client, and what takes away its listeners on the window once it is closed. */
export interface CreatedClient {
  readonly client: Ably.Realtime;
  readonly release: () => void;
}

/**
 * Makes a client that leaves nothing in the page. Those of ably 2.28 listen on the window for its line and its end, with no
 * call to stop that: each would be held as long as the page. The function that they listen by is replaced only while one
 * is made, and only where it is what it was.
 */
export function createClient(options: Ably.ClientOptions): CreatedClient {
  const {Platform: platform} = Ably.Realtime as {Platform?: {Config?: {addEventListener?: Listen | null}}};
  const config = platform?.Config;
  const listen = config?.addEventListener;
  if (!config || typeof listen !== 'function' || typeof removeEventListener !== 'function') return {client: new Ably.Realtime(options), release: () => undefined};
  const added: Parameters<Listen>[] = [];
  config.addEventListener = (type, listener) => {
    added.push([type, listener]);
    listen(type, listener);
  };
  try {
    const client = new Ably.Realtime(options);
    return {
      client,
      release: () => {
        for (const [type, listener] of added) removeEventListener(type, listener);
      },
    };
  } finally {
    config.addEventListener = listen;
  }
}
