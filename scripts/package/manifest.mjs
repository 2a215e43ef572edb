/**
 * Makes the custom elements manifest: what the analyzer reads from JSDoc, completed with what only the compiler knows.
 * Properties that Lit makes from `connectionProperties` are declared by an interface beside the class, and types are
 * often names; here every public member and attribute is listed, with its type written out.
 */
import {relative} from 'node:path';
import {create, ts as analyzerTypescript} from '@custom-elements-manifest/analyzer';
import {litPlugin} from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import ts from 'typescript';

/**
 * @param root folder of the repository
 * @returns the manifest, schema 1, with paths of modules as they are published
 */
export function createManifest(root) {
  const program = programOf(root);
  const checker = program.getTypeChecker();
  const sources = program.getSourceFiles().filter(({fileName}) => /\/src\/(elements|events)/.test(fileName) && !fileName.endsWith('.styles.ts'));
  const modules = sources.map(({fileName, text}) => analyzerTypescript.createSourceFile(relative(root, fileName), text, analyzerTypescript.ScriptTarget.ES2022, true));
  const analyzed = create({modules, plugins: litPlugin(), context: {dev: false}});
  const ofSessions = sessionEvents(program);
  const manifest = {schemaVersion: '1.0.0', readme: '', modules: []};
  for (const module of analyzed.modules) {
    const source = sources.find(({fileName}) => relative(root, fileName) === module.path);
    const declarations = module.declarations.filter((declaration) => declaration.tagName || (module.path === 'src/events.ts' && declaration.kind === 'class'));
    if (!source || declarations.length === 0) continue;
    const path = published(module.path);
    manifest.modules.push({
      kind: 'javascript-module',
      path,
      declarations: declarations.map((declaration) => completed(declaration, classIn(source, declaration.name), {checker, ofSessions})),
      exports: declarations.flatMap(({name, tagName}) => [
        {kind: 'js', name, declaration: {name, module: path}},
        ...(tagName ? [{kind: 'custom-element-definition', name: tagName, declaration: {name, module: path}}] : []),
      ]),
    });
  }
  return manifest;
}

function programOf(root) {
  const config = ts.getParsedCommandLineOfConfigFile(`${root}/tsconfig.build.json`, {}, {...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => { throw new Error(String(problem.messageText)); }});
  return ts.createProgram(config.fileNames, config.options);
}

const published = (path) => path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');

function classIn(source, name) {
  const found = source.statements.find((statement) => ts.isClassDeclaration(statement) && statement.name?.text === name);
  if (!found) throw new Error(`${source.fileName} has no class ${name}.`);
  return found;
}

/** The analyzer's declaration with the members that are public, and their types as the compiler sees them. */
function completed(declaration, classNode, {checker, ofSessions}) {
  const {superclass, members: _members, attributes: _attributes, ...rest} = declaration;
  const members = membersOf(classNode, checker);
  const attributes = members.filter(({attribute}) => attribute !== undefined).map(({attribute, name, type, default: value, description}) => ({
    name: attribute, fieldName: name, type, ...(value !== undefined && {default: value}), description,
  }));
  if (!declaration.tagName) return {...rest, superclass, members};
  // Without words it is a `dispatchEvent` that the analyzer came upon, whose event JSDoc names.
  const documented = rest.events.filter(({description}) => description);
  const own = new Set(documented.map(({name}) => name));
  const events = [...documented, ...ofSessions.filter(({name}) => !own.has(name))];
  return {...rest, superclass, members, attributes, events, customElement: true};
}

/** What every element says of a session that it opened itself, beside what its own JSDoc names. */
function sessionEvents(program) {
  const find = (path) => program.getSourceFiles().find(({fileName}) => fileName.endsWith(path));
  const classes = new Set([...find('/src/controllers/session-events.ts').text.matchAll(/new (Agent\w+Event)\(/g)].map(([, name]) => name));
  return find('/src/events.ts').statements.filter((node) => ts.isClassDeclaration(node) && classes.has(node.name.text)).map((node) => {
    const [, name] = /super\('([\w-]+)'/.exec(node.getText());
    return {name, type: {text: node.name.text}, description: `${describe(node)} Of a session that this element opened.`};
  });
}

function membersOf(classNode, checker) {
  const type = checker.getDeclaredTypeOfSymbol(checker.getSymbolAtLocation(classNode.name));
  return type.getProperties().flatMap((property) => {
    const node = property.declarations?.find((declaration) => /\/src\//.test(declaration.getSourceFile().fileName));
    if (!node || isHidden(node)) return [];
    return [ts.isMethodDeclaration(node) ? methodOf(property, classNode, checker) : fieldOf(property, node, classNode, checker)];
  });
}

/** What Lit calls is no part of the interface: `render`, `connectedCallback` and their like override what is inherited. */
function isHidden(node) {
  const flags = ts.getCombinedModifierFlags(node);
  if (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return true;
  if (node.name && ts.isPrivateIdentifier(node.name)) return true;
  return Boolean(flags & ts.ModifierFlags.Override) && !describe(node);
}

function fieldOf(property, node, classNode, checker) {
  const type = checker.getTypeOfSymbolAtLocation(property, classNode);
  const {attribute, reflects} = attributeOf(property, node);
  const value = node.initializer?.getText();
  return {
    kind: 'field', name: property.name, type: {text: typeText(type, node, classNode, checker)},
    ...(value !== undefined && {default: value}),
    description: describe(node),
    ...(isReadonly(property) && {readonly: true}),
    ...(attribute !== undefined && {attribute}),
    ...(reflects && {reflects: true}),
  };
}

function methodOf(property, classNode, checker) {
  const node = property.declarations.find((declaration) => describe(declaration)) ?? property.declarations[0];
  // The last overload is the one with the most to it.
  const signature = checker.getTypeOfSymbolAtLocation(property, classNode).getCallSignatures().at(-1);
  return {
    kind: 'method', name: property.name, description: describe(node),
    parameters: signature.parameters.map((parameter) => ({
      name: parameter.name,
      type: {text: typeText(checker.getTypeOfSymbolAtLocation(parameter, classNode), parameter.valueDeclaration, classNode, checker)},
      ...((parameter.valueDeclaration?.initializer || parameter.valueDeclaration?.questionToken) && {optional: true}),
    })),
    return: {type: {text: typeText(signature.getReturnType(), undefined, classNode, checker)}},
  };
}

const isReadonly = ({declarations}) => declarations.every((node) => ts.isGetAccessor(node) || (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0);

/** `'a' | 'b'` in place of a name for it, other names as they are, and without the `undefined` of what may be left out. */
function typeText(type, declaration, node, checker) {
  const parts = type.isUnion() ? type.types.filter((part) => !(part.flags & ts.TypeFlags.Undefined)) : [type];
  const isLiteral = parts.length > 1 && parts.every((part) => part.isStringLiteral() || part.isNumberLiteral());
  if (isLiteral) return parts.map((part) => JSON.stringify(part.value).replaceAll('"', "'")).join(' | ');
  const written = /^([A-Z]\w*)( \| undefined)?$/.exec(declaration?.type?.getText() ?? '');
  if (written) return written[1];
  const text = checker.typeToString(checker.getNonNullableType(type), node, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope);
  return text.replaceAll('"', "'");
}

/** How Lit was told to treat a property: by its decorator, or by `connectionProperties`. */
function attributeOf(property, node) {
  const decorator = ts.canHaveDecorators(node) ? ts.getDecorators(node)?.find(({expression}) => ts.isCallExpression(expression) && expression.expression.getText() === 'property') : undefined;
  if (decorator) return attributeFrom(decorator.expression.arguments[0], property.name);
  if (!ts.isInterfaceDeclaration(node.parent)) return {};
  const options = tableBeside(node.parent).get(property.name);
  if (!options) throw new Error(`${property.name} of ${node.parent.name.text} is not declared to Lit.`);
  return attributeFrom(options, property.name);
}

/** The object beside an interface that declares its properties to Lit: `connectionProperties` of `ConnectionProperties`. */
function tableBeside(interfaceNode) {
  const wanted = interfaceNode.name.text.replace(/^./, (letter) => letter.toLowerCase());
  const declarations = interfaceNode.getSourceFile().statements.filter(ts.isVariableStatement).flatMap(({declarationList}) => declarationList.declarations);
  const table = declarations.find(({name}) => name.getText() === wanted)?.initializer;
  if (!table || !ts.isObjectLiteralExpression(table)) throw new Error(`${wanted} is not beside ${interfaceNode.name.text}.`);
  return new Map(table.properties.filter(ts.isPropertyAssignment).map(({name, initializer}) => [name.getText(), initializer]));
}

function attributeFrom(options, name) {
  const entries = options && ts.isObjectLiteralExpression(options) ? new Map(options.properties.filter(ts.isPropertyAssignment).map((entry) => [entry.name.getText(), entry.initializer])) : new Map();
  const attribute = entries.get('attribute');
  return {
    attribute: attribute?.kind === ts.SyntaxKind.FalseKeyword ? undefined : attribute && ts.isStringLiteral(attribute) ? attribute.text : name.toLowerCase(),
    reflects: entries.get('reflect')?.kind === ts.SyntaxKind.TrueKeyword,
  };
}

/** The words above a declaration. */
function describe(node) {
  return ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).map(({comment}) => ts.getTextOfJSDocComment(comment) ?? '').join('\n').trim();
}
