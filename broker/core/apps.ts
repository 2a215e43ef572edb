/** Apps: isolated sets of channels with their keys and namespace rules. */
import {Capability} from './capability.ts';
import {type Environment} from './environment.ts';
import {type Limits} from './limits.ts';
import {type AppRecord, type Store} from './store.ts';

export interface Key {
  readonly name: string;
  readonly secret: string;
  readonly capability: Capability;
  /** As it was given; what a token gets that asks for no capability. */
  readonly capabilityText: string;
}

/** Namespace of a channel: the part before the first colon, without a qualifier such as `[meta]`. */
function namespaceOf(channel: string): string {
  return /^(?:\[[^\]]*\])?([^:]*):/.exec(channel)?.[1] ?? '';
}

export class App {
  readonly id: string;
  readonly record: AppRecord;
  readonly keys: ReadonlyMap<string, Key>;
  /** Tokens issued up to this moment no longer count; moved by the fault that expires them. */
  tokensValidFrom = 0;
  lastUsed: number;

  constructor(record: AppRecord, now: number) {
    this.id = record.appId;
    this.record = record;
    this.lastUsed = now;
    this.keys = new Map(
      record.keys.map(({keyId, secret, capability}) => {
        const name = `${record.appId}.${keyId}`;
        return [name, {name, secret, capability: Capability.read(capability), capabilityText: capability}];
      }),
    );
  }

  /** Whether messages on the channel can be updated, deleted and appended to. */
  isMutable(channel: string): boolean {
    const namespace = namespaceOf(channel);
    const rule = this.record.namespaces.find(({id}) => id === namespace);
    return rule ? rule.mutableMessages : this.record.mutableByDefault;
  }
}

export class Apps {
  readonly #apps = new Map<string, App>();
  readonly #store: Store;
  readonly #environment: Environment;
  readonly #limits: Limits;

  constructor(store: Store, environment: Environment, limits: Limits) {
    this.#store = store;
    this.#environment = environment;
    this.#limits = limits;
    for (const record of store.apps()) this.#apps.set(record.appId, new App(record, environment.now()));
  }

  get(appId: string): App | undefined {
    const app = this.#apps.get(appId);
    if (app) app.lastUsed = this.#environment.now();
    return app;
  }

  add(record: AppRecord): App {
    const app = new App(record, this.#environment.now());
    this.#apps.set(app.id, app);
    this.#store.saveApp(record);
    return app;
  }

  delete(appId: string): void {
    this.#apps.delete(appId);
    this.#store.deleteApp(appId);
  }

  all(): Iterable<App> {
    return this.#apps.values();
  }

  /** Temporary apps nobody has used for long: a killed test run never deletes its own. */
  forgotten(): App[] {
    const since = this.#environment.now() - this.#limits.appIdleTtl;
    return [...this.#apps.values()].filter((app) => app.record.temporary && app.lastUsed < since);
  }
}
