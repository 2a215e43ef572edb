import {expect, waitUntil} from '@open-wc/testing';
import type {RunSnapshot} from '../../src/session/index.ts';
import {ask} from '../helpers/conversation.ts';
import {useInput} from '../helpers/input.ts';
import {type} from '../helpers/keys.ts';
import {shownText} from '../helpers/page.ts';

describe('stopping by <barge-in-input>', () => {
  const page = useInput();

  /** Has the session say something else of its runs than they do. */
  function sayOfRuns(change: Partial<RunSnapshot>): void {
    const real = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(page.session), 'snapshot')!.get!.bind(page.session) as () => typeof page.session.snapshot;
    const before = real();
    const said = {...before, runs: before.runs.map((run) => ({...run, ...change}))};
    Object.defineProperty(page.session, 'snapshot', {configurable: true, get: () => (real() === before ? said : real())});
    page.input.requestUpdate();
  }

  it('says that it is stopping, to be seen and to be heard, until the agent has confirmed it', async () => {
    page.begin({confirmsStops: false});
    const run = await ask(page.session);
    await page.show();
    await type('{Escape}');
    await page.settle();
    expect(page.actionName).to.equal('Stopping…');
    expect(page.action.textContent).to.contain('Stopping…');
    expect(page.action.getAttribute('aria-disabled')).to.equal('true');
    await waitUntil(() => page.said.includes('Stopping…'));
    await expect(page.input).to.be.accessible();
    run.end('cancelled');
    await page.settle();
    expect(page.actionName).to.equal('Send');
  });

  it('asks only once while it is stopping', async () => {
    page.begin({confirmsStops: false});
    await ask(page.session);
    await page.show();
    await type('{Escape}{Escape}');
    page.action.click();
    await page.settle();
    expect(page.session.dispatched.filter((intent) => intent.type === 'cancel')).to.have.length(1);
  });

  it('says that the agent has not confirmed, and lets the person go on', async () => {
    await ask(page.session);
    await page.show();
    sayOfRuns({stop: 'unconfirmed'});
    await page.settle();
    expect(shownText(page.input)).to.contain('The agent has not confirmed that it stopped').and.to.contain('You can go on writing');
    await expect(page.input).to.be.accessible();
    await type('Another question');
    await page.settle();
    expect(page.actionName).to.equal('Send');
    await type('{Enter}');
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.include({type: 'send', text: 'Another question'});
  });

  it('takes that back when the person has taken note of it, and leaves the focus in the text', async () => {
    await ask(page.session);
    await page.show();
    sayOfRuns({stop: 'unconfirmed'});
    await page.settle();
    page.button('Dismiss').focus();
    await type('{Enter}');
    await page.settle();
    expect(shownText(page.input)).not.to.contain('has not confirmed');
    expect(page.focused).to.equal(page.textarea);
  });

  it('stops what somebody else has started', async () => {
    page.session.startRun({clientId: 'planner'});
    await page.show();
    expect(page.actionName).to.equal('Stop');
    page.action.click();
    await page.settle();
    expect(page.session.dispatched).to.deep.equal([{type: 'cancel'}]);
    expect(page.session.snapshot.runs[0]!.status).to.equal('cancelled');
  });

  it('stops by Esc wherever the focus is in it', async () => {
    await ask(page.session);
    await page.show();
    page.find('.policy').focus();
    await type('{Escape}');
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'cancel'});
  });
});
