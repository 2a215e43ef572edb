import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import ts from 'typescript';
import {createManifest} from '../../scripts/package/manifest.mjs';
import {root, samples, type Sample} from './files.ts';

const place = ({file, line}: Sample): string => `${file}:${line}`;

/** Attributes that any element may have. */
const global = /^(id|class|slot|hidden|lang|dir|title|role|tabindex|style|(aria|data)-[\w-]+)$/;

describe('Samples of code', () => {
  test('say why where they are not checked', () => {
    const silent = samples().filter(({reason}) => reason !== undefined && reason.trim().length < 4);
    assert.deepEqual(silent.map(place), []);
  });

  test('in TypeScript compile against the package', () => {
    // Those of a file of the examples are compiled there.
    const checked = samples().filter(({language, reason, comment}) => /^tsx?$/.test(language) && reason === undefined && !/^[\w./-]+\.\w+$/.test(comment));
    assert.ok(checked.length > 4, 'there are samples');
    assert.deepEqual(problemsOf(checked), []);
  });

  test('in HTML use attributes that the elements have', () => {
    const manifest = createManifest(root) as {modules: {declarations: {tagName?: string; attributes?: {name: string}[]}[]}[]};
    const known = new Map(manifest.modules.flatMap(({declarations}) => declarations).flatMap(({tagName, attributes = []}) => (tagName ? [[tagName, new Set(attributes.map(({name}) => name))] as const] : [])));
    const unknown = samples().filter(({language, reason}) => language === 'html' && reason === undefined).flatMap((sample) => {
      const tags = sample.code.matchAll(/<((?:agent|barge|shared|approval)-[\w-]+)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g);
      return [...tags].flatMap(([, tag = '', attributes = '']) => {
        const own = known.get(tag);
        if (!own) return [`${place(sample)}: there is no <${tag}>`];
        return [...attributes.matchAll(/\s([\w:-]+)(?:="[^"]*")?/g)].flatMap(([, name = '']) => (own.has(name) || global.test(name) ? [] : [`${place(sample)}: <${tag}> has no attribute ${name}`]));
      });
    });
    assert.deepEqual(unknown, []);
  });
});

/** What the compiler says of samples, each as a module of its own that lies in the repository. */
function problemsOf(list: readonly Sample[]): string[] {
  const {options} = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {moduleDetection: ts.ModuleDetectionKind.Force, noUnusedLocals: false, jsx: ts.JsxEmit.Preserve}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({messageText}) => assert.fail(ts.flattenDiagnosticMessageText(messageText, '\n')),
  }) ?? assert.fail('tsconfig.json cannot be read');
  const files = new Map(list.map((sample, index) => [join(root, `sample-${index}.${sample.language}`), sample]));
  const host = ts.createCompilerHost(options);
  const {fileExists, readFile, getSourceFile} = host;
  const textOf = ({comment, code}: Sample): string => `${comment.replace(/^sample\s*/, '')}\n${code}`;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => {
    const sample = files.get(path);
    return sample ? textOf(sample) : readFile(path);
  };
  host.getSourceFile = (path, version, ...rest) => {
    const sample = files.get(path);
    return sample ? ts.createSourceFile(path, textOf(sample), version) : getSourceFile(path, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([path, sample]) => {
    const file = program.getSourceFile(path);
    const added = sample.comment.replace(/^sample\s*/, '').split('\n').length;
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({start = 0, messageText}) => {
      const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) - added + 1;
      return `${sample.file}:${sample.line + line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
  });
}
