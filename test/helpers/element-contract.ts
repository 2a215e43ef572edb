import '../../src/define.ts';
import {expect, waitUntil} from '@open-wc/testing';
import type {LitElement} from 'lit';
import type {ConnectionProperties} from '../../src/controllers/connection-properties.ts';
import {createMemorySession} from '../../src/testing/index.ts';
import {countLeftovers} from './count-leftovers.ts';
import {clearPage, drawn, place, shownText} from './page.ts';
import {countedSession, type FakeOpener, useFakeOpener} from './sessions.ts';

type ElementUnderTest = LitElement & ConnectionProperties;

export interface ContractOptions {
  /** Situations to put the element in, each to be accessible: by name, how to get there. */
  states?: Record<string, (element: ElementUnderTest) => void | Promise<void>>;
  /** Whether a session changes what the element shows; true when absent. */
  showsSession?: boolean;
}

/** What every element of the library does. */
export function elementContract(tag: string, {states = {}}: ContractOptions = {}): void {
  describe(`<${tag}>, as every element,`, () => {
    const make = (attributes: Record<string, string> = {}): ElementUnderTest => {
      // The tag is of this library's own elements, all of which are Lit's.
      const element = document.createElement(tag) as ElementUnderTest;
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    let opener: FakeOpener;

    beforeEach(() => {
      opener = useFakeOpener();
    });
    afterEach(clearPage);

    it('takes properties that were set before it was upgraded', async () => {
      const {session, listeners} = countedSession();
      // A document without a window upgrades nothing; entering this one does.
      const element = document.implementation.createHTMLDocument().createElement(tag) as ElementUnderTest;
      element.session = session;
      await place(element);
      expect(listeners()).to.be.above(0);
      expect(element.session).to.equal(session);
    });

    it('opens its channel by attributes, with every setting', async () => {
      await place(make({'channel': 'a', 'auth-url': '/token', 'auth-method': 'post', 'agent-url': '/chat', 'port': '8080', 'insecure': '', 'history': '5'}));
      expect(opener.opened).to.have.length(1);
      expect(opener.opened[0]).to.include({channel: 'a', authUrl: '/token', authMethod: 'POST', agentUrl: '/chat', port: 8080, insecure: true, history: 5});
    });

    it('takes the text of attributes that a framework sets as properties', async () => {
      const element = make({'channel': 'a', 'auth-url': '/token'});
      await place(Object.assign(element, {port: '8080', insecure: ''}));
      expect(opener.opened[0]).to.include({port: 8080, insecure: true});
    });

    it('says what is missing, and what to do, when nothing gives it a session', async () => {
      const element = await place(make());
      await waitUntil(() => /names no channel/.test(shownText(element)), 'it says that there is no channel');
      expect(shownText(element)).to.contain('Set channel=');
    });

    it('takes that back as soon as it is given one', async () => {
      const element = await place(make());
      await waitUntil(() => /names no channel/.test(shownText(element)));
      element.channel = 'late';
      await drawn(element);
      expect(shownText(element)).not.to.contain('names no channel');
    });

    it('refuses an API key in any attribute, and does not connect', async () => {
      const element = await place(make({'channel': 'a', 'auth-url': 'https://example.com/?key=abc.def:ghijklmnopqrstuvwxyz'}));
      expect(shownText(element)).to.contain('API key');
      expect(shownText(element)).not.to.contain('ghijkl');
      expect(opener.opened).to.be.empty;
    });

    it('finds the session of an <agent-session> around it, through shadow roots', async () => {
      const provider = document.createElement('agent-session');
      provider.channel = 'shared';
      const middle = document.createElement('div');
      const element = make();
      middle.attachShadow({mode: 'open'}).append(element);
      provider.append(middle);
      await place(provider);
      await drawn(element);
      expect(opener.opened.map(({channel}) => channel)).to.deep.equal(['shared']);
      expect(shownText(element)).not.to.contain('names no channel');
    });

    it('follows when the session around it changes', async () => {
      const [one, other] = [countedSession(), countedSession()];
      const provider = document.createElement('agent-session');
      provider.session = one.session;
      provider.append(make());
      await place(provider);
      provider.session = other.session;
      await drawn(provider);
      expect(one.listeners()).to.equal(0);
      expect(other.listeners()).to.be.above(1);
    });

    it('leaves nothing behind when it leaves the page', async () => {
      const {session, listeners} = countedSession();
      const left = await countLeftovers(async (settle) => {
        const alone = make({channel: 'alone'});
        const given = make();
        given.session = session;
        const waiting = make();
        document.body.append(alone, given, waiting);
        await drawn(alone);
        expect(opener.held).to.equal(1);
        clearPage();
        await settle();
      });
      expect(left).to.deep.equal({listeners: 0, timers: 0, observers: 0});
      expect(opener.held).to.equal(0);
      expect(listeners()).to.equal(0);
    });

    it('resumes when it returns', async () => {
      const element = await place(make({channel: 'again'}));
      element.remove();
      await waitUntil(() => opener.held === 0, 'it lets go');
      await place(element);
      expect(opener.held).to.equal(1);
      expect(opener.opened).to.have.length(2);
    });

    it('keeps its connection when it is moved', async () => {
      const element = await place(make({channel: 'kept'}));
      const section = document.createElement('section');
      document.body.append(section);
      element.remove();
      section.append(element);
      await drawn(element);
      await drawn(element);
      expect(opener.opened).to.have.length(1);
      expect(opener.held).to.equal(1);
    });

    it('reconnects for another channel, not for another function', async () => {
      const element = await place(make({channel: 'first'}));
      element.wakeAgent = () => Promise.resolve();
      await drawn(element);
      const before = opener.opened.length;
      element.wakeAgent = () => Promise.resolve();
      await drawn(element);
      expect(opener.opened).to.have.length(before);
      element.channel = 'second';
      await drawn(element);
      expect(opener.opened.at(-1)?.channel).to.equal('second');
      expect(opener.held).to.equal(1);
    });

    it('is not shown when it is hidden', async () => {
      const element = make({hidden: ''});
      element.session = createMemorySession();
      await place(element);
      expect(getComputedStyle(element).display).to.equal('none');
    });

    for (const [name, reach] of Object.entries(states)) {
      it(`is accessible: ${name}`, async () => {
        const element = make();
        element.session = createMemorySession();
        await place(element);
        await reach(element);
        await drawn(element);
        await expect(element).to.be.accessible();
      });
    }
  });
}
