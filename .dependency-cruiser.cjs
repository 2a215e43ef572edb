/** The import table of docs/architecture.md: who may import whom. `npm run rooms` checks it. */
const vendor = {ably: '^node_modules/(ably|@ably)/', lit: '^node_modules/(lit|@lit|lit-html|lit-element)/'};

/** A room may import itself, the rooms and packages named, and nothing else of the project or of npm. */
const room = (name, path, allowed, comment = '') => ({
  name, severity: 'error', comment: comment || `${name} may import only: ${allowed.join(', ') || 'nothing'}`,
  from: {path}, to: {pathNot: [path, ...allowed]},
});

const internal = '^src/internal/', session = '^src/session/', events = '^src/events\\.ts$', i18n = '^src/i18n/';
const controllers = '^src/controllers/', render = '^src/render/';

module.exports = {
  forbidden: [
    {name: 'no-cycles', severity: 'error', from: {}, to: {circular: true, viaOnly: {dependencyTypesNot: ['type-only']}}},
    // The themes are there once the package is built.
    {name: 'no-unresolved', severity: 'error', from: {}, to: {couldNotResolve: true, pathNot: ['^virtual:', '^vite/client$', '^agent-session-elements/themes/']}},
    room('internal', internal, []),
    room('session', session, [internal]),
    room('ably', '^src/ably/', [session, internal, vendor.ably, '^node_modules/ai/']),
    room('render', render, [internal, vendor.lit, '^node_modules/(marked|highlight\\.js)/']),
    room('i18n', i18n, [internal]),
    room('events', events, [session]),
    room('controllers', controllers, [session, events, internal, vendor.lit]),
    room('elements', '^src/elements/(?!agent-session/)', [session, controllers, render, events, i18n, internal, vendor.lit, '^src/elements/'],
      'elements never reach Ably; only <agent-session>, the composition root, reaches src/ably'),
    room('composition root', '^src/elements/agent-session/', [session, controllers, events, i18n, internal, vendor.lit, '^src/elements/shared/', '^src/ably/open-session\\.ts$', '^src/replay/']),
    room('replay', '^src/replay/', [session, internal, '^src/testing/memory-state\\.ts$']),
    room('agent', '^src/agent/', [session, internal, vendor.ably]),
    room('testing', '^src/testing/', [session, internal, '^node_modules/ai/']),
    room('broker protocol', '^broker/protocol/', []),
    room('broker core', '^broker/core/', ['^broker/protocol/']),
    {name: 'broker stands alone', severity: 'error', from: {path: '^broker/'}, to: {path: '^(src|demo|test)/'}},
    {name: 'src does not know the broker', severity: 'error', from: {path: '^src/'}, to: {path: '^(broker|demo|docs|test|bench)/'}},
    {name: 'published entry points only', severity: 'error', from: {path: '^(demo|docs/site)/'},
      to: {path: '^src/(?!(index|define|agent/index|testing/index)\\.ts$)'}},
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    tsConfig: {fileName: 'tsconfig.json'},
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['agent-session-source', 'browser', 'import', 'default'], extensions: ['.ts', '.js', '.mjs']},
  },
};
