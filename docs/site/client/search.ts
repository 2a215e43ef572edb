interface Entry {
  page: string;
  title: string;
  url: string;
  text: string;
}

const most = 12;

/** Search over all pages: an index that is fetched once, when somebody first searches. `/` and Ctrl+K open it. */
export function offerSearch(): void {
  const button = document.querySelector<HTMLButtonElement>('#find');
  if (!button) return;
  const {dialog, input, list} = makeDialog();
  let entries: readonly Entry[] = [];
  const open = async () => {
    dialog.showModal();
    input.select();
    if (entries.length > 0) return;
    try {
      const response = await fetch(`${root()}search.json`);
      // The index is written by scripts/docs/search-index.mjs.
      entries = (await response.json()) as Entry[];
      showResults(list, find(entries, input.value), input.value);
    } catch {
      list.replaceChildren(line('The search index could not be loaded.'));
    }
  };
  button.hidden = false;
  button.addEventListener('click', () => void open());
  input.addEventListener('input', () => showResults(list, find(entries, input.value), input.value));
  dialog.addEventListener('keydown', (event) => travel(event, input, list));
  dialog.addEventListener('click', ({target}) => {
    if (target === dialog || (target instanceof Element && target.closest('a'))) dialog.close();
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = event.composedPath().some((target) => target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/.test(target.localName)));
    const isAsked = (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) || (event.key === 'k' && (event.ctrlKey || event.metaKey));
    if (!isAsked || dialog.open) return;
    event.preventDefault();
    void open();
  });
}

const root = () => document.documentElement.dataset['root'] ?? './';

function makeDialog(): {dialog: HTMLDialogElement; input: HTMLInputElement; list: HTMLElement} {
  const dialog = Object.assign(document.createElement('dialog'), {className: 'search', ariaLabel: 'Search'});
  const input = Object.assign(document.createElement('input'), {type: 'search', placeholder: 'Search the documentation', ariaLabel: 'Search the documentation', autocomplete: 'off'});
  const close = Object.assign(document.createElement('button'), {type: 'button', textContent: 'Close', className: 'close'});
  close.addEventListener('click', () => dialog.close());
  const bar = Object.assign(document.createElement('div'), {className: 'search-bar'});
  bar.append(input, close);
  const list = Object.assign(document.createElement('ul'), {className: 'results'});
  list.setAttribute('aria-live', 'polite');
  dialog.append(bar, list);
  document.body.append(dialog);
  return {dialog, input, list};
}

/** The entries in which each word occurs, those first where it does so in a title. */
export function find(entries: readonly Entry[], query: string): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const scored = entries.flatMap((entry) => {
    const scores = words.map((word) => score(entry, word));
    return scores.some((value) => value === 0) ? [] : [{entry, score: scores.reduce((sum, value) => sum + value, 0)}];
  });
  return scored.sort((one, other) => other.score - one.score).slice(0, most).map(({entry}) => entry);
}

function score({page, title, text}: Entry, word: string): number {
  const inTitle = title.toLowerCase();
  const inPage = page.toLowerCase();
  return (inTitle === word ? 12 : inTitle.includes(word) ? 8 : 0) + (inPage.includes(word) ? (title === '' ? 10 : 3) : 0) + (text.toLowerCase().includes(word) ? 1 : 0);
}

function showResults(list: HTMLElement, found: readonly Entry[], query: string): void {
  if (query.trim() === '') return list.replaceChildren();
  if (found.length === 0) return list.replaceChildren(line('Nothing found.'));
  list.replaceChildren(...found.map(({page, title, url, text}) => {
    const link = Object.assign(document.createElement('a'), {href: root() + url});
    const name = Object.assign(document.createElement('b'), {textContent: title === '' ? page : title});
    const where = Object.assign(document.createElement('small'), {textContent: title === '' ? '' : page});
    const words = Object.assign(document.createElement('span'), {textContent: excerpt(text, query)});
    link.append(name, ' ', where, words);
    const item = document.createElement('li');
    item.append(link);
    return item;
  }));
}

function line(text: string): HTMLElement {
  return Object.assign(document.createElement('li'), {className: 'nothing', textContent: text});
}

function excerpt(text: string, query: string): string {
  const [word = ''] = query.toLowerCase().split(/\s+/).filter(Boolean);
  const place = Math.max(0, text.toLowerCase().indexOf(word));
  const start = place < 60 ? 0 : text.indexOf(' ', place - 50) + 1;
  return `${start > 0 ? '… ' : ''}${text.slice(start, start + 150)}`;
}

function travel(event: KeyboardEvent, input: HTMLInputElement, list: HTMLElement): void {
  const links = [...list.querySelectorAll('a')];
  if (event.key === 'Enter' && event.target === input) return links[0]?.click();
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  const place = links.findIndex((link) => link === document.activeElement);
  const next = place + (event.key === 'ArrowDown' ? 1 : -1);
  (next < 0 ? input : (links[Math.min(next, links.length - 1)] ?? input)).focus();
}
