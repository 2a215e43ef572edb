import {expect} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {askApproval, useChat} from '../helpers/chat.ts';
import {shownText} from '../helpers/page.ts';

const down = new SessionError('The agent at /api/chat answered 503.', {kind: 'agent', hint: 'See the agent’s log.'});

describe('<agent-chat>, with a run that waits,', () => {
  const page = useChat();
  const row = (): string => shownText(page.find('.row.run'));
  const cards = async (): Promise<void> => {
    await page.show();
    await import('../../src/elements/agent-chat/cards.ts');
    await page.settle();
  };
  const approve = (): Promise<void> => page.session.dispatch({type: 'respond', toolCallId: 'call', approved: true});

  it('says that it waits for a person, and once that is decided, for the agent', async () => {
    await askApproval(page.session);
    await cards();
    expect(row()).to.contain('Waiting for a person');
    await approve();
    await page.settle();
    expect(row()).to.contain('Waiting for the agent').and.not.to.contain('person');
    await expect(page.chat).to.be.accessible();
  });

  it('goes on waiting for a person where the agent passes over what was decided', async () => {
    await askApproval(page.session);
    await cards();
    await approve();
    page.session.approvals.refuse('call', {clientId: 'me', reason: 'Not yours'});
    await page.settle();
    expect(row()).to.contain('Waiting for a person');
  });

  it('says why the agent does not go on, tells the page once, and tells the agent again by Retry', async () => {
    const run = await askApproval(page.session);
    await cards();
    const errors: SessionError[] = [];
    page.chat.addEventListener('agent-error', ({error}) => errors.push(error));
    await approve();
    run.end('suspended', down);
    await page.settle();
    expect(row()).to.match(/The agent has not gone on.*answered 503.*log/);
    expect(shownText(page.chat)).to.contain('Approved by you');
    expect(errors).to.deep.equal([down]);
    await expect(page.chat).to.be.accessible();
    page.button('Retry').click();
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'retry', messageId: 'message-1'});
    expect(row()).to.contain('Waiting for the agent');
    expect(page.session.snapshot.runs.map(({status}) => status)).to.deep.equal(['suspended']);
    expect(errors).to.have.length(1);
  });

  it('tells who listens why the agent does not go on', async () => {
    const run = await askApproval(page.session);
    await cards();
    await approve();
    await page.settle();
    run.end('suspended', down);
    await page.settle();
    const region = page.find('[aria-live="polite"]');
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (region.textContent.includes('The agent has not gone on: The agent at /api/chat answered 503.')) resolve();
      };
      new MutationObserver(look).observe(region, {childList: true, subtree: true, characterData: true});
      look();
    });
  });

  it('is stopped by its Stop, which leaves the card closed, and the focus in the conversation', async () => {
    await askApproval(page.session);
    await cards();
    page.button('Stop').focus();
    page.button('Stop').click();
    await page.settle();
    expect(page.session.dispatched.at(-1)).to.deep.equal({type: 'cancel', run: page.session.snapshot.runs[0]?.key});
    expect(row()).to.equal('Stopped');
    expect(page.has('[part~="approval-actions"]')).to.be.false;
    expect(page.chat.shadowRoot!.activeElement).not.to.equal(null);
  });

  it('says while it is being stopped, and when no agent confirms that, with a way to ask again', async () => {
    page.begin({confirmsStops: false});
    await askApproval(page.session);
    await cards();
    page.button('Stop').click();
    await page.settle();
    expect(row()).to.equal('Stopping…');
    page.session.failStops();
    await page.settle();
    expect(row()).to.contain('The agent has not confirmed that it stopped.');
    await expect(page.chat).to.be.accessible();
    page.button('Stop').click();
    await page.settle();
    expect(row()).to.equal('Stopping…');
  });

  it('says beside the button why a stop was refused', async () => {
    await askApproval(page.session);
    await cards();
    page.session.dispatch = () => Promise.reject(new SessionError('The token lacks publish.', {kind: 'capability'}));
    page.button('Stop').click();
    await page.settle();
    expect(row()).to.contain('A permission is missing').and.to.contain('The token lacks publish.').and.not.to.contain('Retry');
  });

  it('offers nothing to press where nobody can say anything', async () => {
    const run = await askApproval(page.session);
    await page.show({readonly: true});
    await import('../../src/elements/agent-chat/cards.ts');
    await page.settle();
    expect(row()).to.equal('Waiting for a person');
    run.end('suspended', down);
    await page.settle();
    expect(row()).to.contain('answered 503');
    expect(page.find('.row.run').querySelector('button')).to.equal(null);
  });

  it('leaves it alone when the person stops what runs', async () => {
    await askApproval(page.session);
    await cards();
    await page.session.dispatch({type: 'cancel'});
    await page.settle();
    expect(row()).to.contain('Waiting for a person');
  });

  it('says in the queue that it waits, and sends what waits there beside it', async () => {
    await askApproval(page.session);
    await cards();
    await page.session.dispatch({type: 'send', text: 'And a taxi', policy: 'queue'});
    await page.settle();
    const input = page.input;
    await input.updateComplete;
    const queue = (): HTMLElement | null => input.renderRoot.querySelector('.queue');
    while (!queue()) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(shownText(queue()!)).to.contain('Paused: the agent waits for a decision');
    queue()!.querySelector<HTMLButtonElement>('[part="queue-resume"]')!.click();
    await page.settle();
    expect(page.session.snapshot.runs.map(({status}) => status)).to.deep.equal(['suspended', 'starting']);
    expect(page.session.snapshot.queue).to.be.empty;
  });
});
