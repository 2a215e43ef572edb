import {expect, waitUntil} from '@open-wc/testing';
import {SessionError} from '../../src/session/index.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {elementContract} from '../helpers/element-contract.ts';
import {clearPage, drawn, place, shownText} from '../helpers/page.ts';

const sam = {by: 'sam', name: 'Sam', since: 1000};

elementContract('agent-handover', {
  states: {
    'with controls': async (element) => {
      element.toggleAttribute('controls', true);
      await drawn(element);
    },
    'taken over by somebody else': async (element) => {
      element.toggleAttribute('controls', true);
      await element.session?.state.set('handover', sam);
    },
    'without the right to take over': async (element) => {
      element.toggleAttribute('controls', true);
      (element.session as MemorySession).state.setStatus({isWritable: false});
      await drawn(element);
    },
  },
});

describe('<agent-handover>', () => {
  afterEach(clearPage);

  const mount = async (attributes: Record<string, string> = {}) => {
    const session = createMemorySession({clientId: 'ana'});
    const element = document.createElement('agent-handover');
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.session = session;
    await place(element);
    await drawn(element);
    return {session, element};
  };
  const button = (element: HTMLElement, name: string) => [...(element.shadowRoot?.querySelectorAll('button') ?? [])].find((candidate) => candidate.textContent.includes(name));
  const press = async (element: HTMLElement, name: string) => {
    await waitUntil(() => button(element, name)?.ariaDisabled === 'false', `${name} can be pressed`);
    button(element, name)?.click();
  };

  it('shows nothing while the agents answer and there are no controls', async () => {
    const {element} = await mount();
    expect(shownText(element).trim()).to.equal('');
  });

  it('says who has taken over, and offers nothing where there are no controls', async () => {
    const {session, element} = await mount();
    await session.state.set('handover', sam);
    await waitUntil(() => shownText(element).includes('Sam has taken over'));
    expect(button(element, 'back')).to.equal(undefined);
  });

  it('takes over under the name it is given, and hands back, keeping who it was', async () => {
    const {session, element} = await mount({controls: '', name: 'Ana of Support'});
    await press(element, 'Take over');
    await waitUntil(() => shownText(element).includes('You have taken over'));
    expect(session.state.snapshot.root['handover']).to.include({by: 'ana', name: 'Ana of Support'});
    await press(element, 'Hand back');
    await waitUntil(() => shownText(element).includes('Take over'));
    expect(session.state.snapshot.root['handover']).to.equal(undefined);
    expect(Object.values(session.state.snapshot.root['handovers'] ?? {})).to.have.length(1);
  });

  it('lets a person take over from another', async () => {
    const {session, element} = await mount({controls: ''});
    await session.state.set('handover', sam);
    await waitUntil(() => shownText(element).includes('Sam has taken over'));
    await press(element, 'Take over');
    await waitUntil(() => shownText(element).includes('You have taken over'));
    expect(Object.values(session.state.snapshot.root['handovers'] ?? {})[0]).to.include({by: 'sam'});
  });

  it('says what right is missing to take over, where it has controls', async () => {
    const {session, element} = await mount({controls: ''});
    session.state.setStatus({isWritable: false});
    await waitUntil(() => shownText(element).includes('object-publish'));
    expect(shownText(element)).to.contain('You cannot take over or hand back here');
    expect(button(element, 'Take over')?.ariaDisabled).to.equal('true');
    element.controls = false;
    await drawn(element);
    expect(shownText(element)).to.equal('');
  });

  it('says why it is not known who answers', async () => {
    const {session, element} = await mount({controls: ''});
    session.state.setStatus({status: 'failed', error: new SessionError('The token lacks object-subscribe.', {kind: 'capability', hint: 'Add it to the token.'})});
    await waitUntil(() => shownText(element).includes('The token lacks object-subscribe. Add it to the token.'));
  });

  it('says that nobody can take over without a name', async () => {
    const session = createMemorySession();
    const {snapshot} = session;
    Object.defineProperty(session, 'snapshot', {value: {...snapshot, clientId: undefined}});
    const element = Object.assign(document.createElement('agent-handover'), {session, controls: true});
    await place(element);
    await waitUntil(() => shownText(element).includes('client id'));
    expect(button(element, 'Take over')?.ariaDisabled).to.equal('true');
  });

  it('says why a change was refused until it is tried again', async () => {
    const {session, element} = await mount({controls: ''});
    session.state.refuseWrites(new SessionError('Too many changes.', {kind: 'channel', hint: 'Wait a moment.'}));
    await press(element, 'Take over');
    await waitUntil(() => shownText(element).includes('Nothing was changed Too many changes. Wait a moment.'));
    session.state.refuseWrites(undefined);
    await press(element, 'Take over');
    await waitUntil(() => shownText(element).includes('You have taken over'));
    expect(shownText(element)).not.to.contain('Too many changes');
  });

  it('says no more of a refused change when somebody else has made one', async () => {
    const {session, element} = await mount({controls: ''});
    session.state.refuseWrites(new SessionError('Too many changes.', {kind: 'channel'}));
    await press(element, 'Take over');
    await waitUntil(() => shownText(element).includes('Too many changes.'));
    session.state.receive('handover', sam);
    await waitUntil(() => shownText(element).includes('Sam has taken over'));
    expect(shownText(element)).not.to.contain('Too many changes');
  });

  it('keeps the focus on its buttons whoever takes over or hands back', async () => {
    const {session, element} = await mount({controls: ''});
    const focused = () => element.shadowRoot?.activeElement?.textContent.trim();
    button(element, 'Take over')?.focus();
    session.state.receive('handover', {by: 'ana', name: 'Ana', since: 1});
    await waitUntil(() => shownText(element).includes('You have taken over'));
    expect(focused()).to.equal('Hand back');
    session.state.receive('handover', sam);
    await waitUntil(() => shownText(element).includes('Sam has taken over'));
    expect(focused()).to.equal('Hand back');
    session.state.receive('handover', undefined);
    await waitUntil(() => !shownText(element).includes('Sam'));
    expect(focused()).to.equal('Take over');
  });

  it('passes over what does not have the documented shape', async () => {
    const {session, element} = await mount();
    await session.state.set('handover', 'sam');
    await drawn(element);
    expect(shownText(element).trim()).to.equal('');
  });

  it('speaks German', async () => {
    const {session, element} = await mount({locale: 'de'});
    await session.state.set('handover', sam);
    await waitUntil(() => shownText(element).includes('Sam hat übernommen'));
  });
});
