import {expect, oneEvent, waitUntil} from '@open-wc/testing';
import {followVisibleArea} from '../../src/controllers/visible-area.ts';
import type {AgentLauncherToggledEvent} from '../../src/events.ts';
import {useChat} from '../helpers/chat.ts';
import {answered, ask, exchange} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {itPrefers, prefer, resize} from '../helpers/media.ts';
import {clearPage, drawn, place} from '../helpers/page.ts';
import {useFakeOpener} from '../helpers/sessions.ts';

type Chat = HTMLElementTagNameMap['agent-chat'];

describe('<agent-chat mode="launcher">', () => {
  const page = useChat();
  const button = (): HTMLButtonElement => page.find('.launcher-button') as HTMLButtonElement;
  const dialog = (): HTMLDialogElement => page.find('dialog') as HTMLDialogElement;
  const badge = (): string | undefined => page.chat.renderRoot.querySelector('.launcher-badge')?.textContent.trim();
  const isVisible = (element: Element): boolean => element.getBoundingClientRect().height > 0;
  /** What has the focus, through shadow roots. */
  const focused = (): Element | null => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active;
  };

  const show = (fields: Partial<Chat> = {}): Promise<void> => page.show({mode: 'launcher', ...fields});

  async function press(element: HTMLElement): Promise<void> {
    element.click();
    await drawn(page.chat);
  }

  const settled = (): Promise<unknown> => Promise.all(dialog().getAnimations().map(({finished}) => finished));

  afterEach(() => sessionStorage.clear());

  it('is a button with a name, at the lower end of the window', async () => {
    await show({label: 'Ask us'});
    expect(button().getAttribute('aria-label')).to.equal('Ask us');
    expect(button().getAttribute('aria-expanded')).to.equal('false');
    const {right, bottom} = button().getBoundingClientRect();
    expect(window.innerWidth - right).to.equal(20);
    expect(window.innerHeight - bottom).to.equal(20);
    expect(isVisible(dialog())).to.be.false;
  });

  it('opens a dialog beside the page, with the caret where one writes, and says so', async () => {
    await show({label: 'Ask us'});
    setTimeout(() => button().click());
    const event = await oneEvent<AgentLauncherToggledEvent>(page.chat, 'agent-launcher-toggled');
    expect(event.open).to.be.true;
    expect(button().getAttribute('aria-expanded')).to.equal('true');
    expect(dialog().getAttribute('aria-label')).to.equal('Ask us');
    expect(dialog().matches(':modal')).to.be.false;
    expect(isVisible(dialog())).to.be.true;
    expect(focused() === page.textarea, 'where the focus is').to.be.true;
  });

  it('gives the focus back to its button, by the button in it and by Escape', async () => {
    await show();
    await press(button());
    await press(page.button('Close'));
    expect(page.chat.open).to.be.false;
    expect(focused() === button(), 'where the focus is').to.be.true;
    await type('{Enter}');
    await drawn(page.chat);
    expect(focused() === page.textarea, 'where the focus is').to.be.true;
    await type('{Escape}');
    await drawn(page.chat);
    expect(page.chat.open).to.be.false;
    expect(focused() === button(), 'where the focus is').to.be.true;
  });

  it('leaves the focus alone when the person is elsewhere', async () => {
    await show({open: true});
    const outside = document.createElement('button');
    document.body.append(outside);
    outside.focus();
    page.chat.hide();
    await drawn(page.chat);
    expect(document.activeElement === outside, 'where the focus is').to.be.true;
  });

  it('takes no focus from a page that begins with it open', async () => {
    await show({open: true});
    expect(isVisible(dialog())).to.be.true;
    expect(document.activeElement === document.body, 'where the focus is').to.be.true;
  });

  it('stops a run by Escape before it closes', async () => {
    await show();
    const run = await ask(page.session);
    run.append('Words');
    await press(button());
    await type('{Escape}');
    await drawn(page.chat);
    expect(page.session.dispatched.at(-1)?.type).to.equal('cancel');
    expect(page.chat.open).to.be.true;
    await page.settle();
    await type('{Escape}');
    await drawn(page.chat);
    expect(page.chat.open).to.be.false;
  });

  it('counts what is new while it is closed, in its name too, until it is opened', async () => {
    page.session.load(exchange(4));
    await show();
    expect(badge()).to.be.undefined;
    page.session.receive(answered('new', 'Something'));
    page.session.receive(answered('newer', 'Something else'));
    await page.settle();
    expect(badge()).to.equal('2');
    expect(button().getAttribute('aria-label')).to.equal('Conversation, 2 new messages');
    await press(button());
    await press(button());
    expect(badge()).to.be.undefined;
    expect(button().getAttribute('aria-label')).to.equal('Conversation');
  });

  it('counts the first message of a conversation that began empty', async () => {
    await show();
    page.session.receive(answered('first', 'Hello'));
    await page.settle();
    expect(badge()).to.equal('1');
  });

  it('shows the end of the conversation when it is opened', async () => {
    page.session.load(exchange(20));
    await show();
    await press(button());
    await waitUntil(() => {
      const {scrollTop, clientHeight, scrollHeight} = page.find('.scroller');
      return clientHeight > 0 && scrollHeight - clientHeight - scrollTop <= 1;
    }, 'it is at the end');
  });

  it('opens, closes and toggles by its methods, and shows its state as an attribute', async () => {
    await show();
    page.chat.show();
    await drawn(page.chat);
    expect(page.chat.hasAttribute('open')).to.be.true;
    page.chat.toggle();
    await drawn(page.chat);
    expect(page.chat.hasAttribute('open')).to.be.false;
    expect(isVisible(dialog())).to.be.false;
  });

  it('is at the other side for side="start", and in pages that are written from right to left', async () => {
    await show({side: 'start'});
    expect(button().getBoundingClientRect().left).to.equal(20);
    page.chat.side = 'end';
    document.documentElement.dir = 'rtl';
    await drawn(page.chat);
    expect(button().getBoundingClientRect().left).to.equal(20);
    document.documentElement.removeAttribute('dir');
  });

  it('keeps whether it is open in this tab where it is asked to', async () => {
    await show({rememberOpen: true, id: 'help'});
    await press(button());
    page.chat.remove();
    await show({rememberOpen: true, id: 'help'});
    expect(isVisible(dialog())).to.be.true;
    page.chat.remove();
    await show({id: 'help'});
    expect(isVisible(dialog())).to.be.false;
  });

  it('stays open, and as it was, when it is moved within the page', async () => {
    await show();
    await press(button());
    page.input.value = 'Half a sentence';
    const section = document.createElement('section');
    document.body.append(section);
    section.append(page.chat);
    await drawn(page.chat);
    expect(isVisible(dialog())).to.be.true;
    expect(page.textarea.value).to.equal('Half a sentence');
  });

  it('becomes a launcher, and a part of the page again', async () => {
    await page.show();
    page.chat.mode = 'launcher';
    await drawn(page.chat);
    expect(isVisible(button())).to.be.true;
    page.chat.mode = 'inline';
    await drawn(page.chat);
    expect(page.has('dialog')).to.be.false;
    expect(isVisible(page.textarea)).to.be.true;
  });

  it('is accessible, closed and open', async () => {
    page.session.load(exchange(4));
    await show();
    page.session.receive(answered('new', 'Something'));
    await page.settle();
    await expect(page.chat).to.be.accessible();
    await press(button());
    // Half-way through fading in, nothing has its contrast yet.
    await Promise.all(dialog().getAnimations().map(({finished}) => finished));
    await expect(page.chat).to.be.accessible();
  });

  itPrefers('moves nothing for people who want no motion', async () => {
    await prefer({reducedMotion: true});
    await show();
    await press(button());
    expect(getComputedStyle(dialog()).animationName).to.equal('none');
    await prefer();
  });

  describe('on a phone', () => {
    beforeEach(() => resize(390, 700));
    afterEach(() => resize(800, 600));

    it('fills the window, keeps the page behind from being scrolled, and lets it go again', async () => {
      const tall = document.createElement('div');
      tall.style.height = '3000px';
      document.body.append(tall);
      await show();
      const width = tall.getBoundingClientRect().width;
      await press(button());
      expect(dialog().matches(':modal')).to.be.true;
      await settled();
      const {left, top, width: panelWidth, height} = dialog().getBoundingClientRect();
      expect([left, top, panelWidth, height], 'all but a scrollbar\'s room').to.deep.equal([0, 0, document.documentElement.clientWidth, window.innerHeight]);
      expect(getComputedStyle(document.documentElement).overflowY).to.equal('hidden');
      expect(tall.getBoundingClientRect().width, 'nothing moves').to.equal(width);
      await type('{Escape}');
      await waitUntil(() => !page.chat.open, 'it closes');
      await drawn(page.chat);
      expect(getComputedStyle(document.documentElement).overflowY).to.equal('visible');
      expect(focused() === button(), 'where the focus is').to.be.true;
    });

    it('fills the window at the other side too', async () => {
      await show({side: 'start'});
      await press(button());
      await settled();
      const {left, width} = dialog().getBoundingClientRect();
      expect([left, width]).to.deep.equal([0, document.documentElement.clientWidth]);
    });

    it('goes beside the page when there is room, with what is typed and the caret', async () => {
      await show();
      await press(button());
      page.textarea.focus();
      await type('Hello');
      await resize(800, 600);
      await waitUntil(() => !dialog().matches(':modal'), 'it is beside the page');
      await drawn(page.chat);
      expect(page.chat.open).to.be.true;
      expect(focused() === page.textarea, 'where the focus is').to.be.true;
      expect(page.textarea.value).to.equal('Hello');
      expect(getComputedStyle(document.documentElement).overflowY).to.equal('visible');
    });

    it('lets the page go when it is taken out of it', async () => {
      await show({open: true});
      expect(getComputedStyle(document.documentElement).overflowY).to.equal('hidden');
      page.chat.remove();
      expect(getComputedStyle(document.documentElement).overflowY).to.equal('visible');
    });

    it('keeps its input above the keyboard', async () => {
      await show();
      await press(button());
      await settled();
      const viewport = Object.assign(new EventTarget(), {scale: 1, offsetTop: 0, height: 700});
      const stop = followVisibleArea(dialog(), viewport as unknown as VisualViewport);
      Object.assign(viewport, {offsetTop: 40, height: 380});
      viewport.dispatchEvent(new Event('resize'));
      await waitUntil(() => page.textarea.getBoundingClientRect().bottom <= 420, 'the input is in the part that is seen');
      expect(dialog().getBoundingClientRect().top).to.equal(40);
      Object.assign(viewport, {scale: 2, height: 190});
      viewport.dispatchEvent(new Event('resize'));
      expect(dialog().getBoundingClientRect().height, 'looking closer changes nothing').to.equal(380);
      stop();
    });
  });

  describe('with connect="on-open"', () => {
    it('connects when it is opened for the first time, and stays connected', async () => {
      const opener = useFakeOpener();
      const chat = Object.assign(document.createElement('agent-chat'), {mode: 'launcher', connect: 'on-open', channel: 'later'} as const);
      await place(chat);
      expect(opener.opened).to.be.empty;
      chat.show();
      await drawn(chat);
      expect(opener.opened.map(({channel}) => channel)).to.deep.equal(['later']);
      chat.hide();
      await drawn(chat);
      expect(opener.held).to.equal(1);
      clearPage();
    });
  });
});
