import {expect} from '@open-wc/testing';
import type {FilePart} from '../../src/session/index.ts';
import type {MemorySession} from '../../src/testing/index.ts';
import {useChat} from '../helpers/chat.ts';
import {drawn, shownText} from '../helpers/page.ts';

type Parts = Parameters<MemorySession['load']>[0][number]['parts'];

describe('<agent-chat>, showing where things lead,', () => {
  const page = useChat();

  async function show(parts: Parts, fields: Parameters<typeof page.show>[0] = {}): Promise<HTMLElement> {
    page.session.load([{id: '1', role: 'assistant', parts}]);
    await page.show(fields);
    return page.article('1');
  }
  const file = (fields: Partial<FilePart>): FilePart => ({type: 'file', mediaType: 'application/pdf', url: 'https://files.example/x', ...fields});

  it('says the host of a file beside its name, whatever that is', async () => {
    const row = await show([
      file({filename: 'https://bank.example/statement.pdf', url: 'https://evil.example/x'}),
      file({filename: 'far.png', mediaType: 'image/png', url: `${location.origin}/own.png`}),
    ], {imageOrigins: location.origin});
    const [link, picture] = row.querySelectorAll('a.chip');
    expect(shownText(link!)).to.equal('https://bank.example/statement.pdf PDF evil.example');
    expect(link!.querySelector('bdi')!.textContent).to.equal('evil.example');
    expect(shownText(picture!)).to.equal(`far.png ${location.host}`);
    await expect(page.chat).to.be.accessible();
  });

  it('writes out what is hidden in the names of files and sources', async () => {
    const row = await show([
      file({filename: 'Invoice\u202Efdp.exe'}),
      file({filename: 'Invoice\u202Efdp.exe', mediaType: 'text/plain', url: 'data:text/plain,x'}),
      {type: 'source-url', sourceId: 'a', url: 'https://example.com/a', title: 'a\u202Eb'},
      {type: 'source-document', sourceId: 'b', mediaType: 'application/pdf', title: 'c\u2066d', filename: 'e\u200Bf.pdf'},
    ]);
    const [far, here] = row.querySelectorAll<HTMLAnchorElement>('a.chip');
    expect(shownText(far!)).to.contain('Invoice[U+202E]fdp.exe');
    expect(here!.download).to.equal('Invoice[U+202E]fdp.exe.txt');
    expect(shownText(row.querySelector('.sources')!)).to.contain('a[U+202E]b').and.to.contain('c[U+2066]d').and.to.contain('e[U+200B]f.pdf');
  });

  it('lets a file in the message be saved where its kind is harmless, and shows the name alone of any other', async () => {
    const row = await show([
      file({filename: 'a.csv', mediaType: 'text/csv', url: 'data:text/csv,1'}),
      file({filename: 'page.html', mediaType: 'text/html', url: 'data:text/html,1'}),
      file({filename: 'x.svg', mediaType: 'image/svg+xml', url: 'data:image/svg+xml,1'}),
      // What counts is what the address says, not what stands beside it.
      file({filename: 'setup.exe', mediaType: 'text/plain', url: 'data:application/x-msdownload;base64,TVo='}),
    ]);
    expect([...row.querySelectorAll('a.chip')].map((link) => link.getAttribute('download'))).to.deep.equal(['a.csv']);
    expect([...row.querySelectorAll('span.chip')].map((chip) => shownText(chip).split(' ')[0])).to.deep.equal(['page.html', 'x.svg', 'setup.exe']);
    await expect(page.chat).to.be.accessible();
  });

  describe('with link-schemes,', () => {
    const text = '[Call](tel:+123), [site](https://a.example), [mail](mailto:a@b.example), [run](javascript:alert(1)), [held](data:text/html,x)';
    const links = (): string[] => [...page.article('1').querySelectorAll<HTMLAnchorElement>('.markdown a')].map(({protocol}) => protocol);
    const markdownShown = async (): Promise<void> => {
      await page.settle();
      await drawn(page.chat);
    };

    it('links http, https and mailto without it, and what it lists instead of them', async () => {
      await show([{type: 'text', text}]);
      await markdownShown();
      expect(links()).to.deep.equal(['https:', 'mailto:']);
      page.chat.setAttribute('link-schemes', 'HTTPS  tel:');
      await markdownShown();
      expect(links()).to.deep.equal(['tel:', 'https:']);
      page.chat.setAttribute('link-schemes', '');
      await markdownShown();
      expect(links()).to.deep.equal([]);
      page.chat.removeAttribute('link-schemes');
      await markdownShown();
      expect(links()).to.deep.equal(['https:', 'mailto:']);
    });

    it('refuses what could act as the page in any case, and says so once', async () => {
      const warnings: string[] = [];
      const real = console.warn;
      console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
      try {
        await show([{type: 'text', text}, {type: 'text', text}], {linkSchemes: 'https javascript data vbscript blob file'});
        await markdownShown();
        expect(links()).to.deep.equal(['https:', 'https:']);
      } finally {
        console.warn = real;
      }
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain('javascript, data, vbscript, blob, file');
    });
  });
});
