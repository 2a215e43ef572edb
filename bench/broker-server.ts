/** A server under measurement, in a process of its own: the broker, or a bare WebSocket server that broadcasts what it gets. */
import {createServer} from 'node:http';
import {type AddressInfo} from 'node:net';
import {WebSocketServer, type WebSocket} from 'ws';
import {startBroker} from '../broker/index.ts';

const [, , kind, data] = process.argv;

/** Takes just enough of the protocol for the same clients: who publishes on a channel, and who listens. */
function startBare(): Promise<number> {
  const listeners = new Map<string, Set<WebSocket>>();
  const http = createServer();
  const server = new WebSocketServer({server: http, perMessageDeflate: false});
  server.on('connection', (socket) => {
    socket.send('{"action":4}');
    let publishesTo: Set<WebSocket> | undefined;
    socket.on('message', (bytes: Buffer) => {
      if (publishesTo) {
        for (const listener of publishesTo) listener.send(bytes, {binary: false});
        return;
      }
      const frame = JSON.parse(bytes.toString()) as {action: number; channel: string};
      const list = listeners.get(frame.channel) ?? new Set<WebSocket>();
      listeners.set(frame.channel, list);
      if (frame.action === 10) {
        list.add(socket);
        socket.send('{"action":11}');
      } else {
        publishesTo = list;
        socket.send('{"action":1,"res":[{"serials":["s"]}]}');
      }
    });
  });
  return new Promise((resolve) => {
    http.listen(0, () => resolve((http.address() as AddressInfo).port));
  });
}

const port = kind === 'bare' ? await startBare() : (await startBroker({port: 0, ...(kind === 'sqlite' && data !== undefined && {data})})).port;

process.on('message', (wanted) => {
  if (wanted === 'memory') globalThis.gc?.(); // its time would count as CPU of the load
  const {user, system} = process.cpuUsage();
  process.send?.({cpu: user + system, memory: process.memoryUsage.rss()});
});
process.send?.(port);
process.once('SIGINT', () => process.exit());
