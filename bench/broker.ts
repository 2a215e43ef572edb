/**
 * What the broker costs: CPU per delivered message beside a bare `ws` server that broadcasts frames of the same size,
 * attaching to a long history beside a short one, and memory per idle connection. `node bench/broker.ts [seconds] [loads whose
 * name has this in it] [turns]`
 */
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import WebSocket from 'ws';
import {defaultKey} from '../broker/index.ts';

const seconds = Number(process.argv[2] ?? 10);
const only = process.argv[3];
/** Turns in which each server is loaded; 1 loads it without a pause. */
const rounds = Number(process.argv[4] ?? Math.ceil(seconds / 2));
const serverFile = join(import.meta.dirname, 'broker-server.ts');
const directory = mkdtempSync(join(tmpdir(), 'bench-broker-'));

/** Ratios the broker has to stay below. */
const bars = {cpuRatio: 3, attachRatio: 1.5};

type Kind = 'bare' | 'memory' | 'sqlite';

interface Usage {
  /** CPU time used so far, in microseconds. */
  cpu: number;
  /** Resident memory in bytes; after a collection when asked for memory. */
  memory: number;
}

class Server {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start(kind: Kind): Promise<Server> {
    const child = fork(serverFile, [kind, join(directory, `${Date.now()}.db`)], {execArgv: ['--expose-gc']});
    const [port] = (await once(child, 'message')) as [number];
    return new Server(child, port);
  }

  async usage(wanted: keyof Usage): Promise<Usage> {
    this.#child.send(wanted);
    const [usage] = (await once(this.#child, 'message')) as [Usage];
    return usage;
  }

  async stop(): Promise<void> {
    this.#child.kill();
    await once(this.#child, 'exit');
  }
}

/** A client as cheap as can be, so that the machine's time goes to the server. */
class Client {
  readonly #socket: WebSocket;
  #wanted: {mark: string; resolve: (text: string) => void}[] = [];
  received = 0;
  #msgSerial = 0;

  constructor(port: number) {
    this.#socket = new WebSocket(`ws://localhost:${port}/?key=${encodeURIComponent(defaultKey)}&v=6&format=json`, {skipUTF8Validation: true});
    this.#socket.on('message', (data: Buffer) => {
      if (data.includes('"action":15')) this.received++;
      if (this.#wanted.length === 0) return;
      const text = data.toString();
      this.#wanted = this.#wanted.filter(({mark, resolve}) => {
        if (!text.includes(mark)) return true;
        resolve(text);
        return false;
      });
    });
  }

  opened(): Promise<unknown> {
    return once(this.#socket, 'open');
  }

  /** The next frame with this text in it. */
  next(mark: string): Promise<string> {
    return new Promise((resolve) => this.#wanted.push({mark, resolve}));
  }

  send(frame: Record<string, unknown>): void {
    this.#socket.send(JSON.stringify(frame));
  }

  async attach(channel: string): Promise<void> {
    const attached = this.next('"action":11');
    this.send({action: 10, channel});
    await attached;
  }

  publish(channel: string, message: Record<string, unknown>): void {
    this.send({action: 15, channel, msgSerial: this.#msgSerial++, messages: [message]});
  }

  /** Publishes and returns the serial in the ACK. */
  async publishAndWait(channel: string, message: Record<string, unknown>): Promise<string> {
    const ack = this.next('"action":1,');
    this.publish(channel, message);
    return (JSON.parse(await ack) as {res: {serials: string[]}[]}).res[0]?.serials[0] ?? '';
  }

  close(): void {
    this.#socket.terminate();
  }
}

const extras = {ai: {transport: {'run-id': 'a'.repeat(36), 'codec-message-id': 'b'.repeat(36), role: 'assistant'}, codec: {id: 't'}}};
const token = ' some text';

async function connect(port: number, count: number): Promise<Client[]> {
  const clients = Array.from({length: count}, () => new Client(port));
  await Promise.all(clients.map((client) => client.next('"action":4')));
  return clients;
}

interface Load {
  streams: number;
  readersPerStream: number;
  appendsPerSecond: number;
}

/** A server with the clients of a load. */
class Rig {
  readonly #server: Server;
  readonly #load: Load;
  readonly #writers: Client[];
  readonly #readers: Client[];
  readonly #serials: string[];
  #cpu = 0;
  #sent = 0;

  private constructor(server: Server, load: Load, writers: Client[], readers: Client[], serials: string[]) {
    this.#server = server;
    this.#load = load;
    this.#writers = writers;
    this.#readers = readers;
    this.#serials = serials;
    for (const reader of readers) reader.received = 0;
  }

  static async start(kind: Kind, load: Load): Promise<Rig> {
    const server = await Server.start(kind);
    const writers = await connect(server.port, load.streams);
    const readers: Client[] = [];
    for (let index = 0; index < load.streams; index++) {
      const own = await connect(server.port, load.readersPerStream);
      await Promise.all(own.map((client) => client.attach(`bench-${index}`)));
      readers.push(...own);
    }
    const serials: string[] = [];
    for (const [index, writer] of writers.entries()) serials.push(await writer.publishAndWait(`bench-${index}`, {name: 'answer', data: '', extras}));
    await new Promise((resolve) => setTimeout(resolve, 250));
    return new Rig(server, load, writers, readers, serials);
  }

  get delivered(): number {
    return this.#readers.reduce((sum, {received}) => sum + received, 0);
  }

  /** Messages that were due and have not arrived. */
  get backlog(): number {
    return this.#sent * this.#load.readersPerStream - this.delivered;
  }

  /** CPU microseconds of the server per delivered message. */
  get perMessage(): number {
    return this.#cpu / this.delivered;
  }

  async run(duration: number): Promise<void> {
    const {streams, appendsPerSecond} = this.#load;
    const before = await this.#server.usage('cpu');
    const begun = performance.now();
    let sent = 0;
    const due = (): number => ((performance.now() - begun) / 1000) * appendsPerSecond * streams;
    while (performance.now() - begun < duration * 1000) {
      for (; sent < due(); sent++) {
        const index = sent % streams;
        this.#writers[index]?.publish(`bench-${index}`, {action: 5, serial: this.#serials[index], data: token, extras});
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    this.#sent += sent;
    await new Promise((resolve) => setTimeout(resolve, 250));
    this.#cpu += (await this.#server.usage('cpu')).cpu - before.cpu;
  }

  async stop(): Promise<void> {
    for (const client of [...this.#writers, ...this.#readers]) client.close();
    await this.#server.stop();
  }
}

/** Runs a load on all servers in turns, so that what else the machine does falls on each alike. */
async function compare(load: Load): Promise<Record<Kind, {perMessage: number; backlog: number}>> {
  const kinds = ['bare', 'memory', 'sqlite'] as const;
  const rigs: Rig[] = [];
  for (const kind of kinds) rigs.push(await Rig.start(kind, load));
  for (let round = 0; round < rounds; round++) for (const rig of rigs) await rig.run(seconds / rounds);
  const [bare, memory, sqlite] = rigs.map(({perMessage, backlog}) => ({perMessage, backlog}));
  for (const rig of rigs) await rig.stop();
  if (!bare || !memory || !sqlite) throw new Error('nothing measured');
  return {bare, memory, sqlite};
}

/** Median milliseconds of an attach to a channel with so many messages. */
async function attachTime(kind: Kind, messages: number): Promise<number> {
  const server = await Server.start(kind);
  const [writer] = await connect(server.port, 1);
  if (!writer) throw new Error('no writer');
  for (let sent = 0; sent < messages; sent += 100) {
    const ack = writer.next('"action":1,');
    writer.send({action: 15, channel: 'long', msgSerial: sent / 100, messages: Array.from({length: 100}, () => ({name: 'm', data: 'x'.repeat(200), extras}))});
    await ack;
  }
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const [client] = await connect(server.port, 1);
    const begun = performance.now();
    await client?.attach('long');
    times.push(performance.now() - begun);
    client?.close();
  }
  writer.close();
  await server.stop();
  return times.slice(10).sort((left, right) => left - right)[25] ?? NaN;
}

async function memoryPerConnection(count: number): Promise<number> {
  const server = await Server.start('memory');
  const warm = await connect(server.port, 50);
  const before = await server.usage('memory');
  const clients = await connect(server.port, count);
  const after = await server.usage('memory');
  for (const client of [...warm, ...clients]) client.close();
  await server.stop();
  return (after.memory - before.memory) / count;
}

const loads: Record<string, Load> = {
  '1 stream, 50 subscribers, 100 appends/s': {streams: 1, readersPerStream: 50, appendsPerSecond: 100},
  '200 streams, 1 subscriber each, 25 appends/s': {streams: 200, readersPerStream: 1, appendsPerSecond: 25},
};

/** Says so, and fails the run in the end, when a bar is not met. */
function check(ok: boolean): string {
  if (ok) return '';
  process.exitCode = 1;
  return '  <-- above the bar';
}

try {
  for (const [name, load] of Object.entries(loads).filter(([name]) => only === undefined || name.includes(only))) {
    const results = await compare(load);
    console.log(`${name}\n  bare ws   ${results.bare.perMessage.toFixed(1)} µs CPU per delivered message`);
    for (const kind of ['memory', 'sqlite'] as const) {
      const {perMessage, backlog} = results[kind];
      const ratio = perMessage / results.bare.perMessage;
      console.log(`  ${kind.padEnd(9)} ${perMessage.toFixed(1)} µs, ${ratio.toFixed(2)} times, backlog ${backlog}${check(ratio <= bars.cpuRatio && backlog <= 0)}`);
    }
  }
  for (const kind of only === undefined ? (['memory', 'sqlite'] as const) : []) {
    const [short, long] = [await attachTime(kind, 100), await attachTime(kind, 10_000)];
    console.log(`attach, ${kind}: ${short.toFixed(2)} ms with 100 messages, ${long.toFixed(2)} ms with 10,000, ${(long / short).toFixed(2)} times${check(long / short <= bars.attachRatio)}`);
  }
  if (only === undefined) console.log(`memory per idle connection: ${((await memoryPerConnection(2_000)) / 1024).toFixed(1)} KiB`);
} finally {
  rmSync(directory, {recursive: true});
}
