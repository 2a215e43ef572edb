import {spawn} from 'node:child_process';
import {join} from 'node:path';

/**
 * Starts an example's own server, `next start` or `next dev`, on a free port.
 * @returns its address, once it answers.
 */
export async function startSite(folder: string, backendUrl: string, closers: (() => unknown)[], command: 'start' | 'dev' = 'start'): Promise<string> {
  const server = spawn(process.execPath, [join(folder, 'node_modules/next/dist/bin/next'), command, '--port', '0'], {
    cwd: folder, env: {...process.env, BACKEND_URL: backendUrl, NEXT_TELEMETRY_DISABLED: '1'},
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  closers.push(async () => {
    server.kill();
    await ended;
  });
  return await new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const [address] = /http:\/\/localhost:\d+/.exec(said) ?? [];
      if (address && /Ready/.test(said)) resolve(address);
    };
    server.stdout.on('data', listen);
    server.stderr.on('data', listen);
    server.once('exit', (code) => reject(new Error(`The example's server ended with ${code}: ${said}`)));
  });
}
