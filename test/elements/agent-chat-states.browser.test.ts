import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {useChat} from '../helpers/chat.ts';
import {ask} from '../helpers/conversation.ts';
import {drawn, shownText} from '../helpers/page.ts';

const broken = new SessionError('The model answered 529.', {kind: 'agent', hint: 'Try again in a moment.'});

describe('<agent-chat>, saying how things stand,', () => {
  const page = useChat();

  describe('how runs end', () => {
    it('keeps the partial text of a stopped one, and says that it was stopped', async () => {
      const run = await ask(page.session);
      run.append('Half an ans');
      run.end('cancelled');
      await page.show();
      expect(shownText(page.chat)).to.contain('Half an ans').and.to.contain('Stopped');
    });

    it('says why one failed and what to do, and asks again by Retry', async () => {
      const run = await ask(page.session);
      run.end('error', broken);
      await page.show();
      expect(shownText(page.chat)).to.contain('The answer failed').and.to.contain('The model answered 529.').and.to.contain('Try again in a moment.');
      page.button('Retry').click();
      await page.settle();
      expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'retry', messageId: 'message-1'});
      expect(shownText(page.chat)).to.contain('Waiting for the agent');
    });

    it('says when no agent answered', async () => {
      await page.session.dispatch({type: 'send', text: 'Hello?'});
      page.session.failAnswer('message-1', new SessionError('POST /chat answered 500.', {kind: 'agent'}));
      await page.show();
      expect(shownText(page.chat)).to.contain('No answer').and.to.contain('POST /chat answered 500.');
      expect(page.button('Retry')).to.exist;
    });

    it('says when one waits for a person, is being stopped, or does not confirm', async () => {
      page.begin({confirmsStops: false});
      const run = await ask(page.session);
      await page.show();
      await page.session.dispatch({type: 'cancel'});
      await page.settle();
      expect(shownText(page.chat)).to.contain('Stopping…');
      run.end('suspended');
      await page.settle();
      expect(shownText(page.chat)).to.contain('Waiting for a person');
    });

    for (const isSlotted of [false, true]) {
      it(`says once that a stop is not confirmed, where the answer is, with ${isSlotted ? 'an input of the page’s' : 'its'} own input`, async () => {
        page.begin({confirmsStops: false});
        await ask(page.session);
        await page.show();
        if (isSlotted) page.chat.append(Object.assign(document.createElement('barge-in-input'), {slot: 'input'}));
        await page.session.dispatch({type: 'cancel'});
        page.session.failStops();
        await page.settle();
        await drawn(page.chat);
        expect(shownText(page.find('.run.unconfirmed'))).to.equal('The agent has not confirmed that it stopped. It may still be at work. You can go on writing all the same.');
        const input = isSlotted ? page.chat.querySelector('barge-in-input')! : page.input;
        expect(input.renderRoot.querySelector('textarea')).to.exist;
        expect(input.renderRoot.querySelector('.remark')).to.not.exist;
        await expect(page.chat).to.be.accessible();
      });
    }

    it('does not speak of writing where nobody can', async () => {
      page.begin({confirmsStops: false});
      await ask(page.session);
      await page.show({readonly: true});
      await page.session.dispatch({type: 'cancel'});
      page.session.failStops();
      await page.settle();
      expect(shownText(page.find('.run.unconfirmed'))).to.equal('The agent has not confirmed that it stopped.');
    });

    it('offers nobody to act on what failed in a readonly conversation', async () => {
      (await ask(page.session)).end('error', broken);
      await page.session.dispatch({type: 'send', text: 'Again'});
      page.session.failMessage(page.session.snapshot.messages.at(-1)!.id, new SessionError('The token cannot publish.', {kind: 'capability'}));
      await page.show({readonly: true});
      expect(shownText(page.chat)).to.contain('The answer failed').and.to.contain('The token cannot publish.');
      for (const button of ['Retry', 'Discard']) expect(() => page.button(button)).to.throw();
      page.chat.readonly = false;
      await drawn(page.chat);
      for (const button of ['Retry', 'Discard']) expect(page.button(button)).to.exist;
    });

    it('says beside the button why a retry was refused', async () => {
      (await ask(page.session)).end('error', broken);
      await page.show();
      page.session.dispatch = () => Promise.reject(new SessionError('Not now.', {kind: 'closed'}));
      page.button('Retry').click();
      await page.settle();
      expect(shownText(page.find('.run'))).to.contain('Not now.');
    });
  });

  describe('messages on their way', () => {
    it('says that one waits for the line', async () => {
      page.session.setConnection('offline', new SessionError('No answer for 10 s.', {kind: 'connection'}));
      await page.session.dispatch({type: 'send', text: 'Later'});
      await page.show();
      expect(shownText(page.article('message-1'))).to.contain('Will be sent when you are back online');
      expect(shownText(page.find('.banner'))).to.contain('Reconnecting').and.to.contain('No answer for 10 s.');
      page.session.setConnection('connected');
      await page.settle();
      expect(shownText(page.article('message-1'))).not.to.contain('Will be sent');
      expect(page.has('.banner')).to.be.false;
    });

    it('says why one was refused, and sends it again or gives it up', async () => {
      await page.session.dispatch({type: 'send', text: 'Hello'});
      page.session.failMessage('message-1', new SessionError('The token cannot publish.', {kind: 'capability', hint: 'Add publish to it.'}));
      await page.show();
      expect(shownText(page.article('message-1'))).to.contain('Not sent').and.to.contain('The token cannot publish.').and.to.contain('Add publish to it.');
      page.button('Discard').click();
      await page.settle();
      expect(page.articles).to.be.empty;
    });

    it('keeps the focus in the conversation when the button that has it goes', async () => {
      await page.session.dispatch({type: 'send', text: 'Hello'});
      page.session.failMessage('message-1', broken);
      await page.show();
      page.button('Retry').focus();
      page.button('Retry').click();
      await page.settle();
      expect(page.chat.shadowRoot!.activeElement).to.equal(page.find('.scroller'));
    });
  });

  describe('the line and the history', () => {
    it('says what to do when the connection has failed', async () => {
      page.session.setConnection('failed', new SessionError('auth-url answered 404.', {kind: 'auth', hint: 'Check auth-url.'}));
      await page.show();
      expect(shownText(page.find('.banner'))).to.contain('Signing in did not work').and.to.contain('auth-url answered 404.').and.to.contain('Check auth-url.');
    });

    it('does not blame the line when no token can be had', async () => {
      page.session.setConnection('offline', new SessionError('auth-url answered 404.', {kind: 'auth', hint: 'Check auth-url.'}));
      await page.show();
      expect(shownText(page.find('.banner'))).to.contain('Signing in did not work. Trying again…').and.to.contain('Check auth-url.');
      expect(shownText(page.chat)).not.to.contain('Connection lost');
    });

    it('says that it is loading, and not that it is empty, until it has loaded', async () => {
      page.session.setHistory({state: 'loading'});
      await page.show();
      expect(shownText(page.chat)).to.contain('Loading the conversation');
      expect(shownText(page.chat)).not.to.contain('No messages yet');
      page.session.setHistory({state: 'ready'});
      await page.settle();
      expect(shownText(page.chat)).to.contain('No messages yet');
    });

    it('says when the history could not be loaded', async () => {
      page.session.setHistory({state: 'failed', error: new SessionError('No right to read history.', {kind: 'capability'})});
      await page.show();
      expect(shownText(page.chat)).to.contain('The conversation could not be loaded').and.to.contain('No right to read history.');
    });
  });
});
