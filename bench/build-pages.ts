/** Builds what runs in the measured pages, for production, and serves it. */
import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {build} from 'vite';

const kitsDirectory = join(import.meta.dirname, 'kits');
const output = join(import.meta.dirname, 'dist');

/** Who is measured: the file that has its adapter. */
const files: Readonly<Record<string, string>> = {
  'floor text': 'ours', 'floor blocks': 'ours', 'floor parse': 'ours', 'our renderer': 'ours', '<agent-chat>': 'ours',
  'streaming-markdown': 'streaming-markdown', 'streamdown': 'streamdown', 'markstream': 'markstream', 'react-markdown': 'react-markdown', 'deep-chat': 'deep-chat',
};

export const names: readonly string[] = Object.keys(files);
export const isOurs = (name: string): boolean => files[name] === 'ours';
/** Those that ours is judged by: streaming-markdown is a renderer alone, and does not follow CommonMark. */
export const completeKits: readonly string[] = names.filter((name) => !isOurs(name) && name !== 'streaming-markdown');

/** Installs the other kits, once for each state of their lock file. */
function installKits(): void {
  const want = createHash('sha256').update(readFileSync(join(kitsDirectory, 'package-lock.json'))).digest('hex');
  const stamp = join(kitsDirectory, 'node_modules/.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  console.log('installing the kits to compare with …');
  const {status} = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {cwd: kitsDirectory, stdio: 'inherit'});
  if (status !== 0) throw new Error('The kits could not be installed. Leave them out with --kits=none.');
  writeFileSync(stamp, want);
}

/** Chunks by whose they are, so that a profile can tell them apart. */
const groups = [
  {name: 'sdk', test: /node_modules\/(?:@ably|ably|ai)\//},
  {name: 'lit', test: /node_modules\/(?:@lit|lit)/},
  {name: 'highlighter', test: /node_modules\/highlight\.js\/lib\/core|src\/render\/highlight/},
  {name: 'render', test: /node_modules\/marked\/|\/src\/render\//},
  {name: 'elements', test: /\/src\/(?!testing|render)/},
];

async function bundle(entries: Record<string, string>, emptyOutDir: boolean): Promise<void> {
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    define: {'process.env.NODE_ENV': '"production"'},
    resolve: {conditions: ['agent-session-source', 'module', 'browser', 'production']},
    build: {
      outDir: output, emptyOutDir, target: 'es2022', minify: process.env.BENCH_READABLE === undefined, cssCodeSplit: true,
      rolldownOptions: {input: entries, preserveEntrySignatures: false, output: {codeSplitting: {groups}, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', assetFileNames: '[name][extname]'}},
    },
  });
}

/** Builds the pages of those who are measured. */
export async function buildPages(wanted: readonly string[]): Promise<void> {
  rmSync(output, {recursive: true, force: true});
  const page = join(import.meta.dirname, 'page');
  await bundle({driver: join(page, 'driver.ts'), ours: join(page, 'ours.ts'), session: join(page, 'session.ts'), 'bare-session': join(page, 'bare-session.ts')}, true);
  const kits = [...new Set(wanted.filter((name) => !isOurs(name)).map((name) => files[name] ?? name))];
  if (kits.length === 0) return;
  installKits();
  // Each by itself, so that none pays for what another brings.
  for (const kit of kits) await bundle({[kit]: join(kitsDirectory, 'src', `${kit}.js`)}, false);
}

const types: Readonly<Record<string, string>> = {js: 'text/javascript', css: 'text/css', wasm: 'application/wasm'};

export interface PageServer {
  /** What else it answers, by path. */
  readonly routes: Map<string, (request: IncomingMessage, response: ServerResponse) => void>;
  /** The page that measures one of them. */
  urlFor(name: string): string;
  readonly origin: string;
  close(): void;
}

export async function servePages(): Promise<PageServer> {
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><style>body{margin:0}.host{block-size:800px;overflow:auto}pre{white-space:pre-wrap}</style>';
  const sheets = (): string => readdirSync(output).filter((file) => file.endsWith('.css')).map((file) => file.slice(0, -4)).join(' ');
  const routes: PageServer['routes'] = new Map();
  const server = createServer((request, response) => {
    const {pathname, searchParams} = new URL(request.url ?? '/', 'http://bench');
    const route = routes.get(pathname);
    if (route) {
      route(request, response);
      return;
    }
    if (pathname === '/') {
      const kit = searchParams.get('kit') ?? '';
      const sheet = sheets().split(' ').includes(kit) ? `<link rel="stylesheet" href="/${kit}.css">` : '';
      response.setHeader('content-type', 'text/html').end(`${head}${sheet}<body><script type="module" src="/${kit}.js"></script><script type="module" src="/driver.js"></script>`);
      return;
    }
    const file = join(output, pathname);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', types[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream').end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server has an address of this kind
  return {
    routes,
    origin,
    urlFor: (name) => `${origin}/?kit=${files[name] ?? ''}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
