import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, it} from 'node:test';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Named {readonly name: string; readonly description?: string}
interface Typed extends Named {readonly type?: {readonly text: string}}
interface Declaration extends Named {
  readonly tagName?: string;
  readonly members: readonly (Typed & {readonly kind: string; readonly attribute?: string; readonly return?: {readonly type: {readonly text: string}}})[];
  readonly attributes: readonly Typed[];
  readonly events: readonly Typed[];
  readonly slots?: readonly Named[];
  readonly cssParts?: readonly Named[];
  readonly cssProperties?: readonly Named[];
}
type ElementDeclaration = Declaration & {readonly tagName: string; readonly path: string};

const manifest = JSON.parse(read('dist/custom-elements.json')) as {modules: {path: string; declarations: Declaration[]}[]};
const elements = manifest.modules.flatMap(({path, declarations}) => declarations.filter((one): one is Declaration & {tagName: string} => one.tagName !== undefined).map((one): ElementDeclaration => ({...one, path})));

/** The sources whose templates and styles are in an element's shadow tree: its folder's and the shared ones that it uses. */
function sourcesOf({tagName}: ElementDeclaration): string {
  const files = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const [, target = ''] of read(path).matchAll(/ from '(\.[^']+)'/g)) {
      const found = join(dirname(path), target);
      if (found.startsWith(`src/elements/${tagName}/`) || found.startsWith('src/elements/shared/')) visit(found);
    }
  };
  visit(`src/elements/${tagName}/${tagName}.ts`);
  return [...files].map(read).join('\n').replaceAll(/^\s*(\*|\/\/|\/\*\*).*$/gm, '');
}

const found = (source: string, pattern: RegExp): string[] => [...new Set([...source.matchAll(pattern)].flatMap(([, name = '']) => name.split(' ')))].filter(Boolean).sort();

/** Names that JSDoc gives, also those that a description names beside it: “also `task-queued`”. */
const namesIn = (items: readonly Named[] = []): Set<string> => new Set(items.flatMap(({name, description = ''}) => [name, ...[...description.matchAll(/`([\w-]+)`/g)].map(([, word = '']) => word)]));

/** The parts that templates write out, with `${}` for what they fill in. */
const partsIn = (source: string): string[] => found(source.replaceAll(/\$\{[^{}]*\}/g, '${}'), /\bpart="([^"]+)"/g);

/** A name that a template makes up, `task-${state}`, is known when names that begin so are. */
const isKnown = (names: ReadonlySet<string>, name: string): boolean => {
  const [prefix = ''] = name.split('${');
  return prefix === name ? names.has(name) : [...names].some((known) => known.startsWith(prefix) && known !== prefix);
};

describe('The manifest', () => {
  it('has every element that is registered', () => {
    assert.deepEqual(elements.map(({tagName}) => tagName).sort(), found(read('src/define.ts'), /\/([\w-]+)\.ts'/g));
  });

  for (const element of elements) {
    describe(`of <${element.tagName}>`, () => {
      const source = sourcesOf(element);

      it('points to a module that is published', () => assert.ok(existsSync(join(root, element.path)), element.path));

      it('says what everything is for', () => {
        const all = [...element.members, ...element.attributes, ...element.events, ...(element.slots ?? []), ...(element.cssParts ?? []), ...(element.cssProperties ?? [])];
        assert.deepEqual(all.filter(({description}) => !description).map(({name}) => name), []);
      });

      it('gives every property, attribute and event a type that can be read', () => {
        const typed = [...element.members.map(({type, return: result, ...rest}) => ({...rest, type: type ?? result?.type})), ...element.attributes, ...element.events];
        assert.deepEqual(typed.filter(({type}) => !type || /\bany\b|typeof|import\(/.test(type.text)).map(({name}) => name), []);
      });

      it('has the attributes by which it gets a session', () => {
        const names = element.attributes.map(({name}) => name);
        for (const name of ['channel', 'auth-url', 'agent-url', 'client-id', 'endpoint', 'port', 'insecure', 'locale']) assert.ok(names.includes(name), name);
      });

      it('has every property that Lit is told of', () => {
        const names = new Set(element.members.map(({name}) => name));
        const declared = found(read(`src/elements/${element.tagName}/${element.tagName}.ts`), /^ {2}@property\([^)]*\)\s+(?:get )?(\w+)/gm);
        assert.deepEqual(declared.filter((name) => !names.has(name)), []);
        assert.ok(declared.length > 0, 'an element has properties');
      });

      it('names every part of its templates', () => {
        const names = namesIn(element.cssParts);
        const exported = found(source, /exportparts="([^"]+)"/g).filter((name) => !name.endsWith(':')).map((name) => name.replace(',', ''));
        assert.deepEqual([...partsIn(source), ...exported].filter((name) => !isKnown(names, name)), []);
      });

      it('names no part that is nowhere', () => {
        const parts = partsIn(source);
        // Some are chosen among words, as in `part=${isOne ? 'one' : 'other'}`.
        assert.deepEqual((element.cssParts ?? []).map(({name}) => name).filter((name) => !parts.includes(name) && !source.includes(`'${name}'`)), []);
      });

      it('names the slots of its templates', () => {
        const slots = found(source, /<slot name="([\w-]+)"/g);
        const names = (element.slots ?? []).map(({name}) => name).filter(Boolean).sort();
        assert.deepEqual(names, slots);
      });

      it('names the custom properties of its styles', () => {
        // All but the shared tokens, which are in the guide.
        const read = found(source, /var\((--(?!_|agent-(?:color|code|font|radius|space)\b)[\w-]+)/g);
        assert.deepEqual((element.cssProperties ?? []).map(({name}) => name).sort(), read);
      });

      it('names events by their classes', () => {
        const events = read('src/events.ts');
        for (const {name, type} of element.events) assert.match(events, new RegExp(`'${name}': ${type?.text ?? ''};`), name);
        assert.deepEqual(found(source, /new (Agent\w+Event)\(/g).filter((name) => !element.events.some(({type}) => type?.text === name)), []);
      });
    });
  }
});

describe("Editors' data", () => {
  const html = JSON.parse(read('dist/vscode.html-custom-data.json')) as {tags: {name: string; attributes: {name: string; values?: {name: string}[]; valueSet?: string}[]}[]};
  const css = JSON.parse(read('dist/vscode.css-custom-data.json')) as {properties: Named[]; pseudoElements: Named[]};
  const webTypes = JSON.parse(read('dist/web-types.json')) as {name: string; contributions: {html: {elements: {name: string; attributes: {name: string; value: {type: string}}[]; js: {events: Typed[]}}[]}}};

  it('completes values, and knows attributes without one', () => {
    const attributes = html.tags.find(({name}) => name === 'agent-status')?.attributes ?? [];
    assert.deepEqual(attributes.find(({name}) => name === 'show')?.values, [{name: 'agents'}, {name: 'people'}, {name: 'all'}]);
    assert.equal(attributes.find(({name}) => name === 'insecure')?.valueSet, 'v');
  });

  it('has each part and custom property once, and the shared tokens', () => {
    const names = [...css.properties, ...css.pseudoElements].map(({name}) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of ['--agent-color-accent', '--agent-chat-measure', '::part(composer)']) assert.ok(names.includes(name), name);
  });

  it('tells JetBrains of every element, its attributes and events', () => {
    assert.equal(webTypes.name, 'agent-session-elements');
    const {elements: known} = webTypes.contributions.html;
    assert.deepEqual(known.map(({name}) => name), elements.map(({tagName}) => tagName));
    for (const [index, {attributes, events}] of elements.entries()) {
      const one = known[index];
      assert.ok(one);
      assert.deepEqual(one.attributes.map(({name}) => name), attributes.map(({name}) => name));
      assert.deepEqual(one.js.events.map(({name}) => name), events.map(({name}) => name));
    }
  });
});
