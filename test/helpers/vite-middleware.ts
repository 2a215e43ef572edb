import type {TestRunnerConfig} from '@web/test-runner';
import {createServer, type InlineConfig} from 'vite';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/**
 * Serves the test modules through Vite, which can load the CommonJS and UMD packages (ably, ai) that the runner's own
 * transforms cannot. The runner's own URLs stay with the runner.
 */
export async function viteMiddleware(inline: InlineConfig = {}): Promise<Middleware> {
  const vite = await createServer({
    ...inline,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: {middlewareMode: true, hmr: false, ws: false, watch: null},
    resolve: {conditions: ['agent-session-source', 'module', 'browser', 'development|production']},
    optimizeDeps: {entries: ['test/**/*.browser.test.ts'], exclude: ['@web/test-runner-commands']},
    plugins: [{
      name: 'runner-urls',
      enforce: 'pre',
      resolveId: (id: string) => (id.startsWith('/__web-dev-server__') ? {id, external: true} : undefined),
    }],
  });
  return (context, next) => {
    const isRunners = context.path === '/' || context.path.startsWith('/__web-') || context.path.endsWith('.html');
    if (context.method !== 'GET' || isRunners) return next();
    return new Promise((resolve, reject) => {
      context.res.once('finish', () => {
        context.respond = false;
        resolve(undefined);
      });
      context.res.statusCode = 200; // Koa starts at 404.
      vite.middlewares(context.req, context.res, (error?: Error) => {
        if (error) reject(error);
        else resolve(next());
      });
    });
  };
}
