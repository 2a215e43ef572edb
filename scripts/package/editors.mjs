/**
 * What editors read to complete and explain the elements: VS Code's custom data for HTML and CSS, and JetBrains' web-types.
 * Made here, since the generators that exist lose boolean attributes and shared tokens, and name parts several times.
 */

/** Elements of the manifest, as `{path, ...declaration}`. */
export const elementsOf = (manifest) => manifest.modules.flatMap(({path, declarations}) => declarations.filter(({tagName}) => tagName).map((declaration) => ({path, ...declaration})));

const isBoolean = ({type}) => type.text === 'boolean';
const choices = ({type}) => (/^'[^']*'( \| '[^']*')*$/.test(type.text) ? type.text.split(' | ').map((choice) => ({name: choice.slice(1, -1)})) : undefined);
const described = ({description, default: value}) => [description, value && `Default: \`${value}\`.`].filter(Boolean).join(' ');

/** Of several with the same name, one with what each of them says. */
function merged(items) {
  const byName = Map.groupBy(items, ({name}) => name);
  return [...byName].map(([name, same]) => ({name, description: [...new Set(same.map(({description}) => description))].join('\n\n')}));
}

/** See https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.schema.json */
export function htmlData(manifest) {
  return {
    version: 1.1,
    tags: elementsOf(manifest).map((element) => ({
      name: element.tagName,
      description: {kind: 'markdown', value: overview(element)},
      attributes: element.attributes.map((attribute) => ({
        name: attribute.name,
        description: {kind: 'markdown', value: described(attribute)},
        ...(isBoolean(attribute) ? {valueSet: 'v'} : choices(attribute) && {values: choices(attribute)}),
      })),
    })),
  };
}

/** See https://github.com/microsoft/vscode-css-languageservice/blob/main/docs/customData.schema.json */
export function cssData(manifest, tokens) {
  const elements = elementsOf(manifest);
  const parts = elements.flatMap(({tagName, cssParts = []}) => cssParts.map(({name, description}) => ({name: `::part(${name})`, description: `\`<${tagName}>\`: ${description}`})));
  const properties = elements.flatMap(({cssProperties = []}) => cssProperties.map((property) => ({name: property.name, description: described(property)})));
  return {version: 1.1, properties: merged([...tokens.map((token) => ({name: token.name, description: described(token)})), ...properties]), pseudoElements: merged(parts)};
}

/** See https://github.com/JetBrains/web-types */
export function webTypes(manifest, tokens, {name, version}) {
  const plain = ({name: of, description, default: value}) => ({name: of, description, ...(value !== undefined && {default: value})});
  return {
    $schema: 'https://json.schemastore.org/web-types',
    name, version,
    'js-types-syntax': 'typescript',
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elementsOf(manifest).map((element) => ({
          name: element.tagName,
          description: element.description,
          attributes: element.attributes.map((attribute) => ({
            ...plain(attribute),
            value: isBoolean(attribute) ? {kind: 'no-value', type: 'boolean'} : {kind: 'plain', type: attribute.type.text},
          })),
          ...(element.slots && {slots: element.slots.map(plain)}),
          js: {
            properties: element.members.filter(({kind, readonly}) => kind === 'field' && !readonly).map((member) => ({...plain(member), type: member.type.text})),
            events: element.events.map((event) => ({...plain(event), type: event.type.text})),
          },
          css: {properties: (element.cssProperties ?? []).map(plain), parts: (element.cssParts ?? []).map(plain)},
        })),
      },
      css: {properties: tokens.map(plain)},
    },
  };
}

function overview({description, slots = [], events = []}) {
  const list = (title, items) => (items.length === 0 ? [] : [`**${title}**\n${items.map(({name, description: says}) => `- \`${name || 'default'}\`: ${says}`).join('\n')}`]);
  return [description, ...list('Slots', slots), ...list('Events', events)].join('\n\n');
}

/** The tokens that all elements share, with their defaults, as the shared styles read them. */
export function sharedTokens(styles) {
  return [...styles.matchAll(/var\((--agent-[\w-]+), (.+)\);$/gm)].map(([, name, value]) => ({name, default: value, description: 'Shared by all elements of agent-session-elements.'}));
}
