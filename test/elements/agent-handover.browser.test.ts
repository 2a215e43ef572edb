import {expect, waitUntil} from '@open-wc/testing';
import {createMemorySession} from '../../src/testing/index.ts';
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
