import {expect} from '@open-wc/testing';
import brand from '../../src/themes/brand.css?inline';
import standard from '../../src/themes/default.css?inline';
import dense from '../../src/themes/dense.css?inline';
import {askApproval, useChat} from '../helpers/chat.ts';
import {answered, said} from '../helpers/conversation.ts';
import {drawn, place} from '../helpers/page.ts';

const themes = {default: standard, dense, brand};

describe('the themes', () => {
  const page = useChat();
  const own = document.adoptedStyleSheets;

  afterEach(() => {
    document.adoptedStyleSheets = own;
    document.documentElement.style.removeProperty('color-scheme');
  });

  function use(css: string, scheme: 'light' | 'dark'): void {
    const theme = new CSSStyleSheet();
    theme.replaceSync(css);
    const around = new CSSStyleSheet();
    around.replaceSync('body { margin: 0; background: var(--agent-color-surface, light-dark(#fff, #15171c)); }');
    document.adoptedStyleSheets = [...own, theme, around];
    document.documentElement.style.setProperty('color-scheme', scheme);
  }

  for (const [name, css] of Object.entries(themes)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`can be read and used: ${name}, ${scheme}`, async () => {
        use(css, scheme);
        page.session.load([said('1', 'A question'), answered('2', '# Title\n\nSome **text** and `code`, [a link](https://example.com/).'), said('3', 'Hi', {clientId: 'ana'})]);
        page.session.enter('planner', {type: 'agent', name: 'Planner', status: 'thinking'});
        page.session.state.receive('progress.one', {agent: 'planner', label: 'Planning', state: 'running', value: 1, max: 3});
        await askApproval(page.session);
        await page.show({}, '700px');
        for (const tag of ['agent-status', 'agent-progress'] as const) await place(Object.assign(document.createElement(tag), {session: page.session}));
        await drawn(page.chat);
        for (const element of document.body.querySelectorAll<HTMLElement>('agent-chat, agent-status, agent-progress')) await expect(element).to.be.accessible();
      });
    }
  }

  it('reach the launcher, its panel and what is in it', async () => {
    use(brand, 'light');
    page.session.load([said('1', 'A question')]);
    await page.show({mode: 'launcher', open: true});
    const {backgroundColor} = getComputedStyle(page.article('1').querySelector('.content')!);
    expect(backgroundColor).to.equal('rgb(163, 39, 12)');
    const panel = page.find('dialog');
    await Promise.all(panel.getAnimations().map(({finished}) => finished));
    expect(getComputedStyle(panel).borderStartStartRadius).to.equal('2px');
    expect(getComputedStyle(page.textarea).fontFamily).to.contain('Palatino');
    await expect(page.chat).to.be.accessible();
  });
});
