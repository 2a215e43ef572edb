import {expect} from '@open-wc/testing';
import type {AgentFeedbackEvent} from '../../src/events.ts';
import {initialSnapshot, SessionError, type SteerState} from '../../src/session/index.ts';
import type {MemoryRun} from '../../src/testing/index.ts';
import {askApproval, useChat} from '../helpers/chat.ts';
import {answered, ask, said} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {drawn, shownText} from '../helpers/page.ts';

describe('<agent-chat>, beside the conversation itself,', () => {
  const page = useChat();

  const press = async (name: string): Promise<void> => {
    page.button(name).click();
    await page.settle();
  };

  describe('feedback', () => {
    const events: AgentFeedbackEvent[] = [];
    const focusedName = (): string | null | undefined => page.chat.shadowRoot!.activeElement?.getAttribute('aria-label');
    const told = (): unknown[] => events.map(({messageId, rating, text}) => ({messageId, rating, text}));

    beforeEach(async () => {
      events.length = 0;
      page.session.load([said('1', 'Hi'), answered('2', 'Hello')]);
      await page.show({feedback: true});
      page.chat.addEventListener('agent-feedback', (event) => events.push(event));
    });

    it('tells the page what a person thinks, and then their words', async () => {
      await press('Bad answer');
      expect(page.button('Bad answer').getAttribute('aria-pressed')).to.equal('true');
      await expect(page.chat).to.be.accessible();
      (page.find('.feedback input') as HTMLInputElement).focus();
      await type('Too short{Enter}');
      await page.settle();
      expect(told()).to.deep.equal([{messageId: '2', rating: 'down', text: undefined}, {messageId: '2', rating: 'down', text: 'Too short'}]);
      expect(shownText(page.article('2'))).to.contain('Thank you');
      expect(page.button('Bad answer').getAttribute('aria-pressed')).to.equal('true');
      expect(focusedName()).to.equal('Bad answer');
      await expect(page.chat).to.be.accessible();
    });

    it('gives the focus back when no words are wanted', async () => {
      await press('Good answer');
      (page.find('.feedback input') as HTMLInputElement).focus();
      await type('{Escape}');
      await page.settle();
      expect(page.has('.feedback')).to.be.false;
      expect(focusedName()).to.equal('Good answer');
    });

    it('takes another opinion, and no words', async () => {
      await press('Bad answer');
      await press('Good answer');
      await press('Not now');
      expect(told()).to.deep.equal([{messageId: '2', rating: 'down', text: undefined}, {messageId: '2', rating: 'up', text: undefined}]);
      expect(page.has('.feedback')).to.be.false;
    });

    it('is not asked for unless the page wants it', async () => {
      page.chat.feedback = false;
      await drawn(page.chat);
      expect(page.has('[part~="feedback-button"]')).to.be.false;
    });
  });

  describe('prompts', () => {
    it('offers starters while nothing was said, and says what is chosen', async () => {
      await page.show({bargeIn: 'alongside', starters: ['Plan a trip', {label: 'Hotels', text: 'Find me a hotel'}]});
      await expect(page.chat).to.be.accessible();
      await press('Hotels');
      expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'send', text: 'Find me a hotel', policy: 'alongside'});
      expect(page.has('.starters')).to.be.false;
    });

    it('says why a starter could not be sent', async () => {
      await page.show({starters: ['Plan a trip']});
      page.session.dispatch = () => Promise.reject(new SessionError('Not now.', {kind: 'closed'}));
      await press('Plan a trip');
      await drawn(page.chat);
      expect(shownText(page.chat)).to.contain('Not now.');
    });

    it('offers what the last answer suggests, once it has ended', async () => {
      await page.show();
      const run = await ask(page.session);
      run.append('Fish.');
      run.part({type: 'data-suggestions', data: {suggestions: ['And drink?', 7, '', 'Where?']}});
      await page.settle();
      expect(page.has('.suggestions')).to.be.false;
      run.end();
      await page.settle();
      expect([...page.find('.suggestions').querySelectorAll('button')].map(({textContent}) => textContent)).to.deep.equal(['And drink?', 'Where?']);
      await expect(page.chat).to.be.accessible();
      await press('Where?');
      expect(page.session.dispatched.at(-1)).to.deep.include({type: 'send', text: 'Where?'});
      expect(page.has('.suggestions')).to.be.false;
    });

    it('offers nothing in a readonly conversation', async () => {
      page.session.load([{...answered('1', 'Hi'), parts: [{type: 'data-suggestions', data: {suggestions: ['A']}}]}]);
      await page.show({readonly: true, starters: ['B']});
      expect(page.has('.prompts')).to.be.false;
    });
  });

  describe('messages that join an answer', () => {
    it('says that one waits, was seen, or was missed, and sends a missed one again', async () => {
      page.session.load([said('waiting', 'By train'), said('consumed', 'By bus'), said('missed', 'By boat')]);
      const {messages} = page.session.snapshot;
      // What the session says of them; how it comes to that is its own matter.
      const steered = messages.map((message) => ({...message, steer: message.id as SteerState}));
      Object.defineProperty(page.session, 'snapshot', {configurable: true, get: () => ({...initialSnapshot, connection: {state: 'connected'}, history: {...initialSnapshot.history, state: 'ready'}, messages: steered})});
      await page.show();
      expect(shownText(page.article('waiting'))).to.contain('The agent has not seen this yet');
      expect(shownText(page.article('consumed'))).to.contain('The agent has seen this');
      expect(shownText(page.article('missed'))).to.contain('The agent ended without seeing this');
      expect(page.article('waiting').querySelector('[part="edit-button"]')).to.not.exist;
      await expect(page.chat).to.be.accessible();
      const asked: unknown[] = [];
      page.session.dispatch = (intent) => Promise.resolve(void asked.push(intent));
      await press('Send again');
      expect(asked).to.deep.equal([{type: 'retry', messageId: 'missed'}]);
    });
  });

  describe('notices of the system', () => {
    const real = Object.getOwnPropertyDescriptor(window, 'Notification');
    let shown: {title: string; onclick?: () => void; close(): void}[] = [];
    let asked = 0;
    let permission: NotificationPermission = 'granted';
    let isHidden = true;

    beforeEach(() => {
      shown = [];
      asked = 0;
      permission = 'granted';
      isHidden = true;
      class FakeNotification {
        static get permission(): NotificationPermission {
          return permission;
        }

        static requestPermission(): Promise<NotificationPermission> {
          asked++;
          permission = 'granted';
          return Promise.resolve(permission);
        }

        readonly title: string;

        constructor(title: string) {
          this.title = title;
          shown.push(this);
        }

        close(): void {
          shown = shown.filter((notice) => notice !== this);
        }
      }
      Object.defineProperty(window, 'Notification', {configurable: true, value: FakeNotification});
      Object.defineProperty(document, 'hidden', {configurable: true, get: () => isHidden});
    });
    afterEach(() => {
      Reflect.deleteProperty(document, 'hidden');
      if (real) Object.defineProperty(window, 'Notification', real);
    });

    it('tells that an answer has ended, failed or needs the person, while they look elsewhere', async () => {
      await page.show({notify: true});
      const begin = async (): Promise<MemoryRun> => {
        const run = await ask(page.session);
        page.session.flush();
        return run;
      };
      (await begin()).end();
      page.session.flush();
      (await begin()).end('error', new SessionError('529', {kind: 'agent'}));
      page.session.flush();
      (await begin()).end('cancelled');
      page.session.flush();
      (await begin()).end('suspended');
      page.session.flush();
      const run = await begin();
      run.part({type: 'tool-book', toolCallId: 'x', state: 'approval-requested', input: {}, approval: {id: 'x'}});
      run.end('suspended');
      page.session.flush();
      expect(shown.map(({title}) => title)).to.deep.equal(['planner has finished', 'The answer failed', 'planner waits for you', 'planner asks for approval']);
    });

    it('goes to the page when the person follows it, and takes back what they have seen', async () => {
      await page.show({notify: true});
      const run = await ask(page.session);
      page.session.flush();
      run.end();
      page.session.flush();
      expect(shown.map(({title}) => title)).to.deep.equal(['planner has finished']);
      shown[0]!.onclick!();
      expect(shown).to.be.empty;
      await askApproval(page.session);
      page.session.flush();
      isHidden = false;
      document.dispatchEvent(new Event('visibilitychange'));
      expect(shown).to.be.empty;
    });

    it('tells nothing while the page is seen, without the attribute, or without permission', async () => {
      await page.show();
      const end = async (): Promise<void> => {
        const run = await ask(page.session);
        page.session.flush();
        run.end();
        page.session.flush();
      };
      await end();
      page.chat.notify = true;
      isHidden = false;
      await end();
      isHidden = true;
      permission = 'denied';
      await end();
      expect(shown).to.be.empty;
      expect(asked).to.equal(0);
    });

    it('asks for permission by a button only, while there is something to wait for', async () => {
      permission = 'default';
      await page.show({notify: true});
      expect(page.has('[part="notify-button"]')).to.be.false;
      await ask(page.session);
      await page.settle();
      await expect(page.chat).to.be.accessible();
      expect(asked).to.equal(0);
      await press('Notify me');
      await drawn(page.chat);
      expect(asked).to.equal(1);
      expect(page.has('[part="notify-button"]')).to.be.false;
    });
  });
});
