/**
 * Writes the typings that frameworks need to check the tags in their templates: which attributes, properties and events
 * an element has. They point to the classes' own types, so that there is one truth.
 */
import {elementsOf} from './editors.mjs';

/** @returns the files of `dist/types/` by name: `elements.d.ts`, and for each framework its declarations and an empty module. */
export function frameworkTypes(manifest) {
  const elements = elementsOf(manifest).map((element) => ({...element, base: element.name.replace(/Element$/, '')}));
  const frameworks = {'react.d.ts': react(elements), 'svelte.d.ts': svelte(elements), 'vue.d.ts': vue(elements)};
  const modules = Object.keys(frameworks).map((file) => [file.replace('.d.ts', '.js'), '// Types only.\nexport {};\n']);
  return {'elements.d.ts': shared(elements), ...frameworks, ...Object.fromEntries(modules)};
}

/** `AgentChatProps` and `AgentChatEvents` for each element. */
function shared(elements) {
  const events = [...new Set(elements.flatMap((element) => element.events.map(({type}) => type.text)))].sort();
  return `${elements.map(({name, path}) => `import type {${name}} from '../${path.replace(/^dist\//, '')}';`).join('\n')}
import type {${events.join(', ')}} from '../events.js';

${elements.map((element) => `/** What \`<${element.tagName}>\` takes, by the names of attributes and of properties. */
export interface ${element.base}Props {
${propsOf(element).join('\n')}
}

/** What \`<${element.tagName}>\` dispatches. */
export interface ${element.base}Events {
${element.events.map(({name, type, description}) => `  /** ${oneLine(description)} */\n  '${name}': ${type.text};`).join('\n')}
}
`).join('\n')}
export type {${elements.map(({name}) => name).join(', ')}};
`;
}

function propsOf({name: className, members, attributes}) {
  const fields = members.filter(({kind, readonly}) => kind === 'field' && !readonly);
  const names = fields.map(({name, description}) => ({key: name, name, description}));
  const dashed = attributes.filter(({name, fieldName}) => name !== fieldName).map(({name, fieldName, description}) => ({key: `'${name}'`, name: fieldName, description}));
  return [...dashed, ...names].map(({key, name, description}) => `  /** ${oneLine(description)} */\n  ${key}?: ${className}['${name}'];`);
}

const oneLine = (text) => text.replaceAll(/\s+/g, ' ').replaceAll('*/', '* /');

const imports = (elements) => `import type {${elements.flatMap(({name, base}) => [name, `${base}Events`, `${base}Props`]).join(', ')}} from './elements.js';`;

const table = (elements, indent) => elements.map(({tagName, name, base}) => `${indent}'${tagName}': Tag<${name}, ${base}Props, ${base}Events>;`).join('\n');

const listeners = `/** \`onagent-error={(event) => …}\`: the name of an event after \`on\`. */
type Listeners<Events> = {[Name in keyof Events & string as \`on\${Name}\`]?: ((event: Events[Name]) => void) | undefined};`;

function react(elements) {
  return `import type {DetailedHTMLProps, HTMLAttributes} from 'react';
${imports(elements)}

${listeners}
type Tag<E extends HTMLElement, Props, Events> = Omit<DetailedHTMLProps<HTMLAttributes<E>, E>, keyof Props> & Props & Listeners<Events>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
${table(elements, '      ')}
    }
  }
}
`;
}

function svelte(elements) {
  return `import type {HTMLAttributes} from 'svelte/elements';
${imports(elements)}

${listeners}
type Tag<E extends HTMLElement, Props, Events> = Omit<HTMLAttributes<E>, keyof Props> & Props & Listeners<Events>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
${table(elements, '    ')}
  }
}
`;
}

function vue(elements) {
  return `import type {EmitFn, HTMLAttributes, PublicProps} from 'vue';
${imports(elements)}

/** As https://vuejs.org/guide/extras/web-components types custom elements. */
type Emits<Events> = EmitFn<{[Name in keyof Events]: (event: Events[Name]) => void}>;
type Tag<E extends HTMLElement, Props, Events> = new () => E & {
  /** Only for templates: no element has this. */
  $props: Omit<HTMLAttributes, keyof Props> & Props & PublicProps;
  /** Only for templates: no element has this. */
  $emit: Emits<Events>;
};

declare module 'vue' {
  interface GlobalComponents {
${table(elements, '    ')}
  }
}
`;
}
