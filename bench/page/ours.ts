/** Ours, and the floors that all are compared with. */
import '../../src/define.ts';
import {css} from 'lit';
import {markdownStyles} from '../../src/render/markdown-styles.ts';
import {MarkdownView, warmUpParser} from '../../src/render/markdown.ts';
import {loadMarkdown, warmUp} from '../../src/render/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {type Adapter, type Answer, type PastMessage, register} from './adapter.ts';

function element(host: HTMLElement, className = ''): HTMLElement {
  const added = document.createElement('div');
  added.className = className;
  host.append(added);
  return added;
}

const repeat = (count: number, make: () => Answer): Answer[] => Array.from({length: count}, make);

function styles(sheet: {styleSheet?: CSSStyleSheet | undefined}): void {
  if (sheet.styleSheet && !document.adoptedStyleSheets.includes(sheet.styleSheet)) document.adoptedStyleSheets.push(sheet.styleSheet);
}

/** One text node that grows. */
const floorText: Adapter = {
  open: (host, count) => repeat(count, () => {
    const text = document.createTextNode('');
    element(host, 'pre').append(text);
    return {push: (delta) => text.appendData(delta)};
  }),
  history: (host, messages) => {
    for (const {text} of messages) element(host, 'pre').textContent = text;
  },
};

/** Finished blocks appended as plain text, nothing parsed: what the browser itself costs. */
const floorBlocks: Adapter = {
  open: (host, count) => repeat(count, () => {
    const box = element(host);
    let open: Text | undefined;
    return {
      push: (delta) => {
        const [first = '', ...others] = delta.split('\n\n');
        const add = (text: string): void => {
          if (!open) {
            open = document.createTextNode('');
            element(box, 'pre').append(open);
          }
          open.appendData(text);
        };
        if (first !== '') add(first);
        for (const other of others) {
          open = undefined;
          if (other !== '') add(other);
        }
      },
    };
  }),
};

/** One parse of the whole text, at its end. */
const floorParse: Adapter = {
  ready: warmUpParser,
  open: (host, count) => {
    styles(markdownStyles);
    return repeat(count, () => {
      const box = element(host, 'markdown');
      return {
        push: (_delta, whole, isFinal) => {
          if (!isFinal) return;
          const view = new MarkdownView(box);
          view.update(whole, {final: true});
          view.run(Infinity);
        },
      };
    });
  },
};

/** The renderer by itself, given the whole text once a frame. */
const view: Adapter = {
  ready: warmUpParser,
  open: (host, count) => {
    styles(markdownStyles);
    return repeat(count, () => {
      const shown = new MarkdownView(element(host, 'markdown'));
      let latest: {text: string; final: boolean} | undefined;
      return {
        push: (_delta, text, final) => {
          if (!latest) {
            requestAnimationFrame(() => {
              if (latest) shown.update(latest.text, {final: latest.final});
              latest = undefined;
            });
          }
          latest = {text, final};
        },
      };
    });
  },
};

async function showChat(host: HTMLElement, session: MemorySession): Promise<void> {
  styles(css`agent-chat { height: 780px; }`);
  const chat = document.createElement('agent-chat');
  chat.session = session;
  host.append(chat);
  await chat.updateComplete;
}

/** The element with a session in memory. */
const chat: Adapter = {
  ready: async () => {
    await loadMarkdown();
    await warmUp();
  },
  open: async (host, count) => {
    const session = createMemorySession();
    await showChat(host, session);
    return repeat(count, () => {
      const run = session.startRun();
      return {
        push: (delta, _whole, isFinal) => {
          run.append(delta);
          if (isFinal) run.end('complete');
        },
      };
    });
  },
  history: async (host, messages: readonly PastMessage[]) => {
    const session = createMemorySession({pageSize: messages.length});
    session.load(messages.map(({role, text}, index) => ({id: `m${index}`, role, parts: [{type: 'text', text}]})));
    await showChat(host, session);
  },
  scroller: (host) => host.querySelector('agent-chat')?.renderRoot.querySelector<HTMLElement>('.scroller') ?? undefined,
};

register({'floor text': floorText, 'floor blocks': floorBlocks, 'floor parse': floorParse, 'our renderer': view, '<agent-chat>': chat});
