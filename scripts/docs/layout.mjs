/** The frame of every page: header, navigation, content, what is on this page. No inline script or style. */
import {escape, relativeTo} from './text.mjs';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; media-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

const icons = {
  menu: '<path d="M4 7h16M4 12h16M4 17h16"/>',
  search: '<circle cx="11" cy="11" r="6.500"/><path d="m16 16 4.500 4.500"/>',
  theme: '<circle cx="12" cy="12" r="8"/><path class="fill" d="M12 4a8 8 0 0 1 0 16z"/>',
};
const icon = (name) => `<svg viewBox="0 0 24 24" aria-hidden="true">${icons[name]}</svg>`;

/** @param page `{out, title, kind, html, headings, description}` @param site `{sections, script, styles, version}` */
export function layout(page, site) {
  const to = (path) => escape(relativeTo(page.out, path));
  const title = page.kind === 'home' ? 'agent-session-elements' : `${page.title} · agent-session-elements`;
  const isWide = page.kind === 'home' || page.kind === 'playground';
  return `<!doctype html>
<html lang="en" data-root="${to('')}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escape(page.description ?? '')}">
<title>${escape(title)}</title>
<link rel="icon" href="${to('icon.svg')}" type="image/svg+xml">
<script src="${to('theme.js')}"></script>
${site.styles.map((file) => `<link rel="stylesheet" href="${to(file)}">`).join('\n')}
<script type="module" src="${to(site.script)}"></script>
</head>
<body class="${page.kind}">
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<button type="button" class="icon" id="menu" aria-expanded="false" aria-controls="nav" aria-label="Pages" hidden>${icon('menu')}</button>
<a class="brand" href="${to('index.html')}"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 18c3-7 6-11 8-11s2 4 0 6-5 1-4-2 5-5 12-6"/></svg><span>agent-session-elements</span></a>
<span class="version">${escape(site.version)}</span>
<button type="button" class="find" id="find" aria-haspopup="dialog" aria-label="Search" hidden>${icon('search')}<span>Search</span><kbd>/</kbd></button>
<button type="button" class="icon" id="theme" aria-label="Theme: as the system" hidden>${icon('theme')}</button>
</header>
<div class="columns${isWide ? ' wide' : ''}">
<nav id="nav" aria-label="Pages">${navigation(page, site.sections, to)}</nav>
<main id="content" tabindex="-1">
${page.kind === 'home' ? page.html : `<article>\n${heading(page)}\n${page.html}\n${neighbours(page, site.sections, to)}</article>`}
</main>
${isWide ? '' : onThisPage(page)}
</div>
<footer class="bottom"><p>agent-session-elements ${escape(site.version)} · <a href="${to('source/LICENSE.html')}">Apache-2.0</a> · <a href="${to('changelog.html')}">Changes</a></p></footer>
</body>
</html>
`;
}

function heading({title, tag}) {
  return tag ? `<h1><code>&lt;${escape(tag)}&gt;</code></h1>` : `<h1>${escape(title)}</h1>`;
}

function navigation(page, all, to) {
  return all.map(({title, pages}) => `<section><h2>${escape(title)}</h2><ul>${pages.map((entry) => {
    const current = entry.out === page.out ? ' aria-current="page"' : '';
    const text = entry.tag ? `<code>${escape(entry.tag)}</code>` : escape(entry.title);
    return `<li><a href="${to(entry.out)}"${current}>${text}</a></li>`;
  }).join('')}</ul></section>`).join('\n');
}

function onThisPage({headings = []}) {
  const shown = headings.filter(({depth}) => depth === 2 || depth === 3);
  if (shown.length < 2) return '<div class="toc"></div>';
  return `<nav class="toc" aria-label="On this page"><h2>On this page</h2><ul>${shown.map(({depth, id, text}) => `<li class="depth-${depth}"><a href="#${escape(id)}">${escape(text)}</a></li>`).join('')}</ul></nav>`;
}

/** The pages before and after, in the order of the navigation. */
function neighbours(page, all, to) {
  const pages = all.flatMap((section) => section.pages);
  const place = pages.findIndex(({out}) => out === page.out);
  if (place === -1) return '';
  const link = (entry, label, rel) => (entry ? `<a rel="${rel}" href="${to(entry.out)}"><small>${label}</small>${escape(entry.title)}</a>` : '<span></span>');
  return `<nav class="neighbours" aria-label="Next and previous page">${link(pages[place - 1], 'Before', 'prev')}${link(pages[place + 1], 'Next', 'next')}</nav>\n`;
}
