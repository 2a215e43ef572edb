/** Which files of the repository become pages, and how they are arranged. Guides and elements that are new come by themselves. */
import {existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';

const guideOrder = [
  'frameworks', 'authentication', 'channel-rules', 'agents', 'other-languages', 'tools-and-renderers', 'approvals', 'barge-in', 'launcher', 'theming', 'recordings',
  'production', 'content-security-policy', 'troubleshooting', 'performance',
];

const markdownIn = (root, folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -3)) : []);

function arranged(names, order) {
  const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((one, other) => place(one) - place(other) || one.localeCompare(other));
}

/**
 * @param root folder of the repository
 * @param tags names of the elements, in order
 * @returns sections of pages: `{title, pages: [{source, out, kind, tag?}]}`
 */
export function sections(root, tags) {
  const page = (source, out, more = {}) => ({source, out, kind: 'markdown', ...more});
  const guides = markdownIn(root, 'docs/guides').filter((name) => name !== 'getting-started');
  return [
    {title: 'Begin', pages: [
      {source: 'docs/site/home.html', out: 'index.html', kind: 'home', title: 'Overview'},
      page('docs/guides/getting-started.md', 'getting-started.html'),
      {source: 'docs/site/playground.html', out: 'playground.html', kind: 'playground', title: 'Playground'},
    ]},
    {title: 'Elements', pages: [
      page('docs/elements/README.md', 'elements/index.html', {title: 'All elements'}),
      ...tags.map((tag) => page(`docs/elements/${tag}.md`, `elements/${tag}.html`, {kind: 'element', tag, title: tag})),
    ]},
    {title: 'Guides', pages: arranged(guides, guideOrder).map((name) => page(`docs/guides/${name}.md`, `guides/${name}.html`))},
    {title: 'More', pages: [
      page('docs/architecture.md', 'architecture.html'),
      page('demo/README.md', 'demo.html'),
      page('broker/README.md', 'broker.html', {title: 'The local broker'}),
      page('docs/performance.md', 'performance.html'),
      page('CHANGELOG.md', 'changelog.html'),
      page('CONTRIBUTING.md', 'contributing.html'),
    ]},
    {title: 'Decisions', pages: markdownIn(root, 'docs/decisions').sort().map((name) => page(`docs/decisions/${name}.md`, `decisions/${name}.html`))},
  ].map(({title, pages}) => ({title, pages: pages.filter(({source, tag}) => tag !== undefined || existsSync(join(root, source)))}));
}
