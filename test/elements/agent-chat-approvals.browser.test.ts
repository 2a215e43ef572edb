import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {askApproval, useChat} from '../helpers/chat.ts';
import {type} from '../helpers/keys.ts';
import {drawn, shownText} from '../helpers/page.ts';

describe('<agent-chat>, asking a person to decide,', () => {
  const page = useChat();

  const card = (id = 'call'): HTMLElement => page.find(`[data-approval="${id}"]`);
  const focused = (): Element | null => page.chat.shadowRoot!.activeElement;
  const field = (name: string): HTMLInputElement => {
    const label = [...card().querySelectorAll('label')].find(({textContent}) => textContent.trim() === name);
    return label!.querySelector('input')!;
  };
  const press = async (name: string): Promise<void> => {
    const button = [...card().querySelectorAll('button')].find(({textContent}) => textContent.trim() === name);
    button!.click();
    await page.settle();
  };

  it('says who asks for what, in whose words, with which arguments and since when', async () => {
    page.begin({now: () => Date.now() - 5 * 60_000});
    await askApproval(page.session, {note: 'Held for ten minutes.'});
    await page.show();
    expect(shownText(card())).to.match(/planner asks for approval.*5 minutes ago.*Book flight.*Held for ten minutes\..*to LIS.*seats 2.*refundable no/);
    expect(card().getAttribute('aria-label')).to.equal('Approval: Book flight');
    await expect(page.chat).to.be.accessible();
  });

  it('approves by keys, and keeps the focus in the card', async () => {
    await askApproval(page.session);
    await page.show();
    page.button('Approve').focus();
    await type('{Enter}');
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'respond', toolCallId: 'call', approved: true});
    expect(shownText(card())).to.contain('Approved by you');
    expect(focused()).to.equal(card());
    await expect(page.chat).to.be.accessible();
  });

  it('denies with a reason, which may be left out', async () => {
    await askApproval(page.session);
    await page.show();
    await press('Deny');
    expect(card().querySelector('[part="approval-actions"]')!.textContent).to.contain('Back');
    expect(focused()).to.equal(field('Reason (optional)'));
    await expect(page.chat).to.be.accessible();
    await type('Too dear{Enter}');
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'respond', toolCallId: 'call', approved: false, reason: 'Too dear'});
    expect(shownText(card())).to.contain('Denied by you').and.to.contain('Too dear');
    expect(card().dataset.state).to.equal('denied');
  });

  it('goes back from a form by Escape, without losing the focus', async () => {
    await askApproval(page.session);
    await page.show();
    await press('Deny');
    await type('Hm{Escape}');
    await page.settle();
    expect(page.button('Approve')).to.exist;
    expect(focused()).to.equal(card());
    expect(page.session.dispatched.map((intent) => intent.type)).to.deep.equal(['send']);
  });

  it('lets a flat input be changed in fields, and says afterwards what was changed', async () => {
    await askApproval(page.session);
    await page.show();
    await press('Edit');
    expect(focused()).to.equal(field('to'));
    await expect(page.chat).to.be.accessible();
    field('seats').select();
    field('seats').focus();
    await type('3');
    field('refundable').click();
    await press('Approve with changes');
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'respond', toolCallId: 'call', approved: true, input: {to: 'LIS', seats: 3, refundable: true}});
    expect(shownText(card().querySelector('.decision')!)).to.match(/Changed seats 3 refundable yes$/);
  });

  it('sends no input where nothing was changed', async () => {
    await askApproval(page.session);
    await page.show();
    await press('Edit');
    await press('Approve with changes');
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'respond', toolCallId: 'call', approved: true});
  });

  it('says that a number is none, and keeps what was typed', async () => {
    await askApproval(page.session);
    await page.show();
    await press('Edit');
    field('seats').select();
    field('seats').focus();
    await type('many{Enter}');
    await page.settle();
    expect(shownText(card())).to.contain('seats must be a number, such as 1500 or 1.5.');
    expect(field('seats').value).to.equal('many');
    expect(focused()).to.equal(field('seats'));
    await expect(page.chat).to.be.accessible();
  });

  it('keeps what was typed when the page prevents the decision', async () => {
    await askApproval(page.session);
    await page.show();
    page.chat.addEventListener('agent-intent', (event) => event.preventDefault());
    await press('Deny');
    await type('Too dear{Enter}');
    await page.settle();
    await drawn(page.chat);
    expect(field('Reason (optional)').value).to.equal('Too dear');
    expect(card().contains(focused())).to.be.true;
    await press('Back');
    await press('Edit');
    field('seats').value = '3';
    field('seats').dispatchEvent(new Event('input'));
    await press('Approve with changes');
    await drawn(page.chat);
    expect(field('seats').value).to.equal('3');
    expect(page.session.dispatched.map((intent) => intent.type)).to.deep.equal(['send']);
  });

  it('takes other inputs as JSON, says what is wrong with it and loses nothing', async () => {
    await askApproval(page.session, {input: {legs: [{to: 'LIS'}]}});
    await page.show();
    await press('Edit');
    const area = card().querySelector('textarea')!;
    area.value = '{"legs": [}';
    area.dispatchEvent(new Event('input'));
    await press('Approve with changes');
    expect(shownText(card().querySelector('[role="alert"]')!)).to.contain('This is not valid JSON');
    expect(card().querySelector('textarea')!.value).to.equal('{"legs": [}');
    await expect(page.chat).to.be.accessible();
    area.value = '{"legs": []}';
    area.dispatchEvent(new Event('input'));
    await press('Approve with changes');
    expect(page.session.dispatched.at(-1)).to.deep.include({type: 'respond', input: {legs: []}});
  });

  it('keeps what is typed while the conversation goes on', async () => {
    await askApproval(page.session);
    await page.show();
    await press('Deny');
    await type('Not for');
    page.session.receive({id: 'x', role: 'user', clientId: 'ana', parts: [{type: 'text', text: 'Wait'}]});
    await askApproval(page.session, {toolCallId: 'other'});
    await page.settle();
    expect(field('Reason (optional)').value).to.equal('Not for');
    expect(focused()).to.equal(field('Reason (optional)'));
  });

  it('says that the decision is on its way', async () => {
    await askApproval(page.session);
    await page.show();
    const release = page.session.approvals.hold();
    await press('Approve');
    expect(card().dataset.state).to.equal('deciding');
    expect(shownText(card())).to.contain('Sending the decision…');
    expect(card().querySelector('button')).to.not.exist;
    await expect(page.chat).to.be.accessible();
    release();
  });

  it('says why a decision was not sent, and lets the person decide again', async () => {
    await askApproval(page.session);
    await page.show();
    const {dispatch} = page.session;
    page.session.dispatch = () => Promise.reject(new SessionError('The line is down.', {kind: 'connection', hint: 'Decide again once it is back.'}));
    await press('Deny');
    await type('Too dear{Enter}');
    await page.settle();
    await drawn(page.chat);
    expect(shownText(card().querySelector('[role="alert"]')!)).to.contain('The decision was not sent').and.to.contain('The line is down.');
    expect(field('Reason (optional)').value).to.equal('Too dear');
    await expect(page.chat).to.be.accessible();
    page.session.dispatch = dispatch;
    card().querySelector<HTMLElement>('[part="deny-button"]')!.click();
    await page.settle();
    expect(shownText(card())).to.contain('Denied by you');
  });

  it('names who decided on another screen, when and why, and moves the focus from the buttons that went', async () => {
    await askApproval(page.session);
    await page.show();
    page.button('Approve').focus();
    page.session.approvals.decide('call', {approved: true, reason: 'Go', clientId: 'ana', input: {to: 'OPO', seats: 2, refundable: false}});
    await page.settle();
    expect(shownText(card())).to.match(/Approved by ana .*Go.*Changed.*to OPO/);
    expect(card().querySelector('.decision time')).to.exist;
    expect(focused()).to.equal(card());
    await expect(page.chat).to.be.accessible();
  });

  it('keeps the focus in the card when the message shows a denial before anything else does', async () => {
    await askApproval(page.session);
    await page.show();
    page.button('Approve').focus();
    page.session.approvals.decide('call', {approved: false, clientId: 'ana'});
    await page.settle();
    expect(card().dataset.state).to.equal('denied');
    expect(focused()?.getAttribute('data-approval')).to.equal('call');
  });

  it('says that a refused decision does not count, and goes on asking', async () => {
    await askApproval(page.session);
    await page.show();
    page.session.approvals.decide('call', {approved: true, clientId: 'mallory'});
    page.session.approvals.refuse('call', {clientId: 'mallory', reason: 'not a traveller'});
    await page.settle();
    expect(shownText(card())).to.contain('The decision of mallory does not count: not a traveller');
    expect(page.button('Approve')).to.exist;
    await expect(page.chat).to.be.accessible();
  });

  for (const approved of [true, false]) {
    it(`says to whoever ${approved ? 'approved' : 'denied'} that it does not count, where the agent refuses it`, async () => {
      await askApproval(page.session);
      await page.show();
      await press(approved ? 'Approve' : 'Deny');
      if (!approved) await type('{Enter}');
      await page.settle();
      expect(shownText(card())).to.contain(approved ? 'Approved by you' : 'Denied by you');
      page.session.approvals.refuse('call', {clientId: page.session.snapshot.clientId!, reason: 'over your limit'});
      await page.settle();
      expect(shownText(card())).to.contain('Your decision does not count: over your limit').and.not.to.contain('by you');
      expect(card().dataset.state).to.equal('pending');
      expect(page.button('Approve')).to.exist;
      await expect(page.chat).to.be.accessible();
    });
  }

  it('says who may decide where this person may not', async () => {
    await askApproval(page.session, {approvers: ['ana', 'ben']});
    await page.show();
    expect(shownText(card())).to.contain('Only ana or ben may decide this.');
    expect(card().querySelector('button')).to.not.exist;
    await expect(page.chat).to.be.accessible();
  });

  it('says so where nobody may', async () => {
    await askApproval(page.session, {approvers: []});
    await page.show();
    expect(shownText(card())).to.contain('Nobody may decide this.');
  });

  it('offers nothing in a readonly conversation', async () => {
    await askApproval(page.session);
    await page.show({readonly: true});
    expect(card().querySelector('button')).to.not.exist;
    expect(shownText(card())).to.contain('planner asks for approval');
  });

  it('says that nobody decided in time', async () => {
    const run = await askApproval(page.session);
    await page.show();
    run.end('cancelled');
    await page.settle();
    expect(card().dataset.state).to.equal('expired');
    expect(shownText(card())).to.contain('Nobody decided before the run ended');
    await expect(page.chat).to.be.accessible();
  });

  it('shows what came of the call once it has been carried out, with who allowed it', async () => {
    const run = await askApproval(page.session);
    await page.show();
    await press('Approve');
    run.resume();
    run.part({type: 'tool-bookFlight', toolCallId: 'call', state: 'output-available', input: {to: 'LIS'}, output: 'Booked'});
    run.end();
    await page.settle();
    expect(card().dataset.state).to.equal('done');
    expect(shownText(card())).to.contain('Approved by you').and.to.contain('Booked');
  });

  it('tells those who do not see it that an agent asks, and what was decided', async () => {
    await page.show();
    await page.session.dispatch({type: 'send', text: 'Book it'});
    const run = page.session.startRun();
    page.session.flush();
    run.part({type: 'tool-bookFlight', toolCallId: 'call', state: 'approval-requested', input: {}, approval: {id: 'call'}});
    run.end('suspended');
    page.session.flush();
    await waitUntil(() => page.find('.announcer').textContent.includes('planner asks for approval: Book flight.'));
    page.session.approvals.decide('call', {approved: false, clientId: 'ana'});
    page.session.flush();
    await waitUntil(() => page.find('.announcer').textContent.includes('Book flight: Denied by ana.'));
  });
});
