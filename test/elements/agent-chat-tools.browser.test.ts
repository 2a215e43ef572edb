import {expect} from '@open-wc/testing';
import type {MessagePart, ToolPart} from '../../src/session/index.ts';
import type {MemoryRun} from '../../src/testing/index.ts';
import {useChat} from '../helpers/chat.ts';
import {answered, ask} from '../helpers/conversation.ts';
import {type} from '../helpers/keys.ts';
import {shownText} from '../helpers/page.ts';

const flight = {type: 'tool-searchFlights', toolCallId: 'call', input: {from: 'BER', to: 'LIS', seats: 2}} as const;

describe('<agent-chat>, showing what agents do,', () => {
  const page = useChat();

  async function running(...parts: MessagePart[]): Promise<MemoryRun> {
    const run = await ask(page.session);
    for (const part of parts) run.part(part);
    await page.show();
    return run;
  }

  const card = (): HTMLElement => page.find('.tool');

  describe('a tool call', () => {
    const cases: [string, Omit<ToolPart, 'type' | 'toolCallId'>, 'active' | 'suspended' | 'cancelled', string][] = [
      ['preparing', {state: 'input-streaming', input: {from: 'BER'}}, 'active', 'Preparing'],
      ['running', {state: 'input-available'}, 'active', 'Running'],
      ['running', {state: 'output-available', preliminary: true, output: {seen: 3}}, 'active', 'Running'],
      ['page', {state: 'input-available'}, 'suspended', 'Waiting for the page'],
      ['done', {state: 'output-available', output: {price: 212}}, 'active', 'Done'],
      ['done', {state: 'output-available', output: [1, 2, 3]}, 'active', '3 results'],
      ['failed', {state: 'output-error', errorText: 'No seats left.\nat line 3'}, 'active', 'Failed'],
      ['denied', {state: 'output-denied', approval: {id: 'a', approved: false, reason: 'Too dear'}}, 'active', 'Denied'],
      ['unfinished', {state: 'input-available'}, 'cancelled', 'Not finished'],
    ];
    for (const [state, fields, end, words] of cases) {
      it(`says in a line what it is about and that it is ${state} (${fields.state}, run ${end}), accessibly`, async () => {
        const run = await running({...flight, ...fields});
        if (end !== 'active') run.end(end);
        await page.settle();
        expect(card().dataset.state).to.equal(state);
        expect(card().getAttribute('part')).to.equal(`tool tool-${state}`);
        expect(shownText(card())).to.contain('Search flights').and.to.contain(words).and.to.contain('BER');
        expect(page.find('.tool details').hasAttribute('open')).to.be.false;
        await expect(page.chat).to.be.accessible();
      });
    }

    it('shows why it failed and what it has so far without being opened', async () => {
      await running(
        {...flight, state: 'output-error', errorText: 'No seats left.\nat line 3'},
        {...flight, toolCallId: 'other', state: 'output-available', preliminary: true, output: {seen: 17}},
      );
      const [failed, going] = page.chat.renderRoot.querySelectorAll('.tool-note');
      expect(failed!.textContent).to.equal('No seats left.');
      expect(going!.textContent).to.contain('17');
    });

    it('is one that a loaded conversation left unfinished, not one that runs for ever', async () => {
      page.session.load([{id: '1', role: 'assistant', parts: [{...flight, state: 'input-available'}]}]);
      await page.show();
      expect(card().dataset.state).to.equal('unfinished');
    });

    it('opens by keys to its arguments and its result, as names and values, and stays open as it goes on', async () => {
      const run = await running({...flight, state: 'input-available'});
      page.find('.tool summary').focus();
      await type('{Enter}');
      run.part({...flight, state: 'output-available', output: {carrier: {name: 'TAP', stops: 0}, refundable: true}});
      await page.settle();
      expect(page.find('.tool details').hasAttribute('open')).to.be.true;
      const names = [...card().querySelectorAll('dt')].map(({textContent}) => textContent);
      expect(names).to.deep.equal(['from', 'to', 'seats', 'carrier', 'name', 'stops', 'refundable']);
      expect(shownText(card())).to.match(/Arguments.*BER.*Result.*TAP.*yes/);
      expect(card().textContent).not.to.contain('{');
      await expect(page.chat).to.be.accessible();
    });

    it('cuts what is long, and shows all of it when asked', async () => {
      await running({...flight, state: 'output-available', output: {text: `${'word '.repeat(200)}END`, list: Array.from({length: 30}, (_, index) => ({index}))}});
      page.find('.tool summary').click();
      expect(card().textContent).not.to.contain('END');
      expect(card().querySelectorAll('.items > li')).to.have.length(3);
      page.button('Show all').click();
      expect(card().textContent).to.contain('END');
      page.button('Show all (30)').click();
      expect(card().querySelectorAll('.items > li')).to.have.length(30);
      page.button('Show less').click();
      expect(card().textContent).not.to.contain('END');
    });

    it('survives values that are circular, deep or no JSON at all', async () => {
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      await running({...flight, state: 'output-available', input: circular, output: [null, undefined, 10n, Symbol('x'), {a: {b: {c: {d: {e: {f: 1}}}}}}]});
      page.find('.tool summary').click();
      expect(shownText(card())).to.contain('10').and.to.contain('nothing');
    });

    it('is not drawn again by the text that streams beside it', async () => {
      const run = await running({...flight, state: 'output-available', output: {price: 212}});
      const changed: Node[] = [];
      const observer = new MutationObserver((records) => changed.push(...records.map(({target}) => target)));
      observer.observe(card(), {subtree: true, childList: true, characterData: true, attributes: true});
      for (let token = 0; token < 10; token++) run.append('word ');
      await page.settle();
      observer.disconnect();
      expect(page.article(run.messageId).textContent).to.contain('word word');
      expect(changed).to.be.empty;
    });
  });

  describe('reasoning', () => {
    const think = (state: 'streaming' | 'done'): MessagePart => ({type: 'reasoning', text: 'Trains are slow.', state});
    const fold = (): HTMLDetailsElement => page.find('details.reasoning') as HTMLDetailsElement;

    it('is open while it goes on, and folds to a line with the time that it took', async () => {
      const now = Date.now;
      let time = 1_000_000;
      Date.now = () => time;
      try {
        await page.show();
        const run = await ask(page.session);
        run.part(think('streaming'));
        await page.settle();
        expect(fold().open).to.be.true;
        expect(shownText(fold())).to.contain('Reasoning…').and.to.contain('Trains are slow.');
        await expect(page.chat).to.be.accessible();
        time += 12_000;
        run.append('So I fly.');
        await page.settle();
        expect(fold().open).to.be.false;
        expect(shownText(fold())).to.contain('Reasoned for 12 sec');
      } finally {
        Date.now = now;
      }
    });

    it('stays as the person has left it', async () => {
      const run = await running(think('streaming'));
      page.find('details.reasoning summary').click();
      await page.settle();
      expect(fold().open).to.be.false;
      page.find('details.reasoning summary').click();
      await page.settle();
      run.append('So I fly.');
      run.end();
      await page.settle();
      expect(fold().open).to.be.true;
    });

    it('says no time that it has not seen', async () => {
      page.session.load([{id: '1', role: 'assistant', parts: [{type: 'reasoning', text: 'Hm.'}, {type: 'text', text: 'Yes'}]}]);
      await page.show();
      expect(page.find('details.reasoning summary').textContent.trim()).to.equal('Reasoning');
    });
  });

  describe('sources and files', () => {
    it('numbers sources under the answer, each once, with the host that a link leads to', async () => {
      page.session.load([{id: '1', role: 'assistant', parts: [
        {type: 'source-url', sourceId: 'a', url: 'https://example.com/a', title: 'bank.com'},
        {type: 'text', text: 'As they say.'},
        {type: 'source-url', sourceId: 'b', url: 'https://example.com/a', title: 'Again'},
        {type: 'source-document', sourceId: 'c', mediaType: 'application/pdf', title: 'Policy', filename: 'policy.pdf'},
      ]}]);
      await page.show();
      const items = [...page.find('.sources').querySelectorAll('li')].map((item) => shownText(item));
      expect(items).to.deep.equal(['1 bank.com example.com', '2 Policy policy.pdf']);
      expect(page.find('.content').lastElementChild).to.equal(page.find('.sources'));
      await expect(page.chat).to.be.accessible();
    });

    it('shows an image where that fetches nothing, and else a link', async () => {
      const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVQI12NgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==';
      page.session.load([{id: '1', role: 'assistant', parts: [
        {type: 'file', mediaType: 'image/png', filename: 'dot.png', url: pixel},
        {type: 'file', mediaType: 'image/svg+xml', filename: 'x.svg', url: 'data:image/svg+xml;base64,PHN2Zy8+'},
        {type: 'file', mediaType: 'image/png', filename: 'far.png', url: 'https://elsewhere.example/far.png'},
        {type: 'file', mediaType: 'application/pdf', filename: 'plan.pdf', url: 'https://example.com/plan.pdf'},
      ]}]);
      await page.show();
      expect([...page.article('1').querySelectorAll('img')].map(({src}) => src)).to.deep.equal([pixel]);
      const links = [...page.article('1').querySelectorAll('a')];
      expect(links.map(({download}) => download)).to.deep.equal(['dot.png', '', '']);
      expect(links.map((link) => link.hasAttribute('download'))).to.deep.equal([true, false, false]);
      expect(shownText(links[2]!)).to.equal('plan.pdf PDF example.com');
      await expect(page.chat).to.be.accessible();
    });

    it('shows the images of origins that the page has listed', async () => {
      page.session.load([{id: '1', role: 'assistant', parts: [{type: 'file', mediaType: 'image/png', filename: 'own.png', url: `${location.origin}/own.png`}]}]);
      await page.show({imageOrigins: location.origin});
      expect(page.article('1').querySelector('img')!.alt).to.equal('Image: own.png');
    });
  });

  it('marks steps off, but not at the beginning or the end, and not for those who listen', async () => {
    page.session.load([{id: '1', role: 'assistant', parts: [
      {type: 'step-start'}, {type: 'text', text: 'One'}, {type: 'step-start'}, {type: 'step-start'}, {type: 'text', text: 'Two'}, {type: 'step-start'},
    ]}]);
    await page.show();
    const steps = [...page.article('1').querySelectorAll('.step')];
    expect(steps).to.have.length(1);
    expect(steps[0]!.getAttribute('aria-hidden')).to.equal('true');
  });

  it('folds data it does not know, and does not show what other views show', async () => {
    page.session.load([{...answered('1', 'So'), parts: [
      {type: 'data-weather', data: {degrees: 24}},
      {type: 'data-approval', data: {toolCallId: 'x', note: 'secret note'}},
      {type: 'data-approval-refused', data: {toolCallId: 'x'}},
      {type: 'data-suggestions', data: {suggestions: []}},
    ]}]);
    await page.show();
    expect([...page.article('1').querySelectorAll<HTMLElement>('details')].map((fold) => fold.dataset.type)).to.deep.equal(['data-weather']);
    expect(shownText(page.article('1'))).to.contain('Weather').and.to.contain('24').and.not.to.contain('secret note');
  });
});
