import {expect} from '@open-wc/testing';
import {useChat} from '../helpers/chat.ts';
import {answered, ask, said} from '../helpers/conversation.ts';
import {itPrefers, prefer, resize} from '../helpers/media.ts';
import {drawn} from '../helpers/page.ts';

const hostile = `
  * { text-transform: uppercase !important; letter-spacing: 4px !important; line-height: 3 !important; color: red !important;
      font: italic 30px serif !important; text-align: center !important; white-space: nowrap !important; box-sizing: content-box !important; }
  button, textarea, p, div { display: none !important; }
`;

describe('a conversation in pages of all kinds', () => {
  const page = useChat();
  const style = (element: Element): CSSStyleDeclaration => getComputedStyle(element);

  async function conversation(): Promise<void> {
    page.session.load([said('1', 'Hello'), answered('2', 'Some **text**'), said('3', 'Hi', {clientId: 'ana'})]);
    await page.show();
  }

  it('looks the same under styles that touch everything', async () => {
    await conversation();
    const pick = (): object[] => [page.article('2').querySelector('.content')!, page.find('textarea'), page.article('3')].map((element) => {
      const {textTransform, letterSpacing, lineHeight, color, fontFamily, fontSize, fontStyle, textAlign, whiteSpace, display, width} = style(element);
      return {textTransform, letterSpacing, lineHeight, color, fontFamily, fontSize, fontStyle, textAlign, whiteSpace, display, width};
    });
    const before = pick();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(hostile);
    document.adoptedStyleSheets.push(sheet);
    await drawn(page.chat);
    const after = pick();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    expect(after).to.deep.equal(before);
  });

  it('fits into 320 px, whatever is said', async () => {
    await resize(320, 600);
    page.session.load([said('1', 'x'.repeat(500)), answered('2', `${'y'.repeat(500)}\n\n\`\`\`\n${'z'.repeat(500)}\n\`\`\``), said('3', 'Hi', {clientId: 'a'.repeat(200)})]);
    const run = await ask(page.session);
    run.end('suspended');
    page.session.setConnection('offline');
    await page.show();
    const scroller = page.find('.scroller');
    expect(scroller.scrollWidth).to.be.at.most(scroller.clientWidth);
    expect(document.documentElement.scrollWidth).to.be.at.most(window.innerWidth);
    await resize(800, 600);
  });

  it('follows the colour scheme of the page', async () => {
    await conversation();
    const light = style(page.find('.frame')).backgroundColor;
    page.chat.style.setProperty('color-scheme', 'dark');
    expect(style(page.find('.frame')).backgroundColor).not.to.equal(light);
    expect(style(page.textarea).color).not.to.equal('rgb(0, 0, 0)');
  });

  it('takes its colours from the page\'s tokens', async () => {
    await conversation();
    page.chat.style.setProperty('--agent-color-text', 'rgb(1, 2, 3)');
    page.chat.style.setProperty('--agent-chat-bubble', 'rgb(4, 5, 6)');
    expect(style(page.article('2').querySelector('.content')!).color).to.equal('rgb(1, 2, 3)');
    expect(style(page.textarea).color).to.equal('rgb(1, 2, 3)');
    expect(style(page.article('1').querySelector('.content')!).backgroundColor).to.equal('rgb(4, 5, 6)');
  });

  itPrefers('keeps still for people who want no motion', async () => {
    await ask(page.session);
    await page.show();
    const dot = page.find('.run .dots > *');
    expect(style(dot).animationName).not.to.equal('none');
    await prefer({reducedMotion: true});
    expect(style(dot).animationName).to.equal('none');
    await prefer();
  });

  itPrefers('shows what is a message and what is a button in forced colours', async () => {
    await conversation();
    const bubble = page.article('1').querySelector('.content')!;
    expect(style(bubble).borderTopStyle).to.equal('none');
    await prefer({forcedColors: true});
    expect(style(bubble).borderTopStyle).to.equal('solid');
    expect(style(page.input.renderRoot.querySelector('button')!).borderTopStyle).to.equal('solid');
    await prefer();
  });

  it('runs under a strict content security policy with Trusted Types', async () => {
    const frame = document.createElement('iframe');
    frame.src = new URL('../helpers/strict-page.html', import.meta.url).pathname;
    const report = new Promise<{violations: string[]; text: string}>((resolve) => {
      window.addEventListener('message', function receive({data}: MessageEvent<{strictPage?: {violations: string[]; text: string}}>) {
        if (!data.strictPage) return;
        window.removeEventListener('message', receive);
        resolve(data.strictPage);
      });
    });
    document.body.append(frame);
    const {violations, text} = await report;
    expect(violations).to.deep.equal([]);
    expect(text).to.contain('Title').and.to.contain('Me too').and.to.contain('Streaming words').and.to.contain('The answer failed')
      .and.to.contain('Planner').and.to.contain('1 of 3').and.to.contain('nights')
      .and.to.contain('a-picture.png').and.to.contain('One that waits').and.to.contain('Stops the answer and starts a new one.');
  });
});
