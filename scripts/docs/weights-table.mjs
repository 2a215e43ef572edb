/** What each file of the package weighs, as a table of the site: measured when the site is built, not written by hand. */
import {escape} from './text.mjs';

/** The HTML of a page with the table in it, where it has `<!-- weights -->`. */
export function withWeights(html, weights) {
  return html.replace('<!-- weights -->', () => tableOf(weights));
}

/** Files as code; what stands for several is said in words. */
const nameOf = (entry) => (entry.endsWith('.js') ? `<code>${escape(entry)}</code>` : escape(entry));

function tableOf({rows, small}) {
  const lines = rows.map(({entry, kind, min, gzip, budget}) =>
    `<tr><th scope="row">${nameOf(entry)}</th><td>${escape(kind)}</td><td>${min.toFixed(1)}</td><td>${gzip.toFixed(1)}</td><td>${budget}</td></tr>`);
  return `<div class="table" tabindex="0" role="group" aria-label="Weights"><table>
<thead><tr><th scope="col">file</th><th scope="col">counted</th><th scope="col">minified, kB</th><th scope="col">gzip, kB</th><th scope="col">at most</th></tr></thead>
<tbody>${lines.join('\n')}</tbody></table></div>
<p>And ${small.count} smaller chunks, ${small.gzip.toFixed(1)} kB together: languages of code, and what those above share.</p>`;
}
