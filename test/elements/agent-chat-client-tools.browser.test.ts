import {expect, waitUntil} from '@open-wc/testing';
import type {AgentToolCallEvent} from '../../src/events.ts';
import type {ToolPart} from '../../src/session/index.ts';
import type {MemoryRun} from '../../src/testing/index.ts';
import {useChat} from '../helpers/chat.ts';
import {useClock} from '../helpers/clock.ts';
import {ask} from '../helpers/conversation.ts';
import {drawn, place} from '../helpers/page.ts';

describe('<agent-chat> and <agent-session>, carrying out tools in the page,', () => {
  const page = useChat();

  async function leave(toolName = 'locate', toolCallId = `call-${toolName}`): Promise<MemoryRun> {
    const run = await ask(page.session);
    run.part({type: `tool-${toolName}`, toolCallId, state: 'input-available', input: {precise: true}});
    run.end('suspended');
    page.session.flush();
    return run;
  }

  const part = (run: MemoryRun): ToolPart => page.session.snapshot.messages.find(({id}) => id === run.messageId)!.parts[0] as ToolPart;
  const settled = async (run: MemoryRun): Promise<ToolPart> => {
    await waitUntil(() => part(run).state !== 'input-available', 'the call has an outcome');
    return part(run);
  };
  const idle = async (): Promise<void> => {
    page.session.flush();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    await drawn(page.chat);
  };

  it('calls the tool of its name with the input, and gives the agent what comes of it', async () => {
    let seen: unknown;
    await page.show({tools: {locate: async (input: {precise: boolean}, {toolCallId, signal}) => {
      seen = {input, toolCallId, aborted: signal.aborted};
      return Promise.resolve({lat: 38.7});
    }}});
    const {state, output} = await settled(await leave());
    expect(seen).to.deep.equal({input: {precise: true}, toolCallId: 'call-locate', aborted: false});
    expect({state, output}).to.deep.equal({state: 'output-available', output: {lat: 38.7}});
  });

  it('gives the agent what a tool throws as its failure', async () => {
    await page.show({tools: {locate: () => {
      throw new Error('The person denied it.');
    }}});
    const {state, errorText} = await settled(await leave());
    expect({state, errorText}).to.deep.equal({state: 'output-error', errorText: 'The person denied it.'});
  });

  it('carries out a call that waited before the page came', async () => {
    const run = await leave();
    await page.show({tools: {locate: () => 'here'}});
    expect((await settled(run)).output).to.equal('here');
  });

  it('takes tools that are set later, and calls the newest function of a name', async () => {
    await page.show();
    const run = await leave();
    page.chat.tools = {locate: () => 'later'};
    expect((await settled(run)).output).to.equal('later');
    page.chat.tools = {locate: () => 'newest'};
    await drawn(page.chat);
    expect((await settled(await leave('locate', 'another'))).output).to.equal('newest');
  });

  it('leaves a call alone that nobody knows, and names that every object has', async () => {
    await page.show({tools: {other: () => 'no'}});
    const run = await leave('toString');
    await idle();
    expect(part(run).state).to.equal('input-available');
    expect(page.find('.tool').dataset.state).to.equal('page');
  });

  it('asks listeners by an event that bubbles, and calls the function they give', async () => {
    await page.show();
    const calls: unknown[] = [];
    const listen = (event: AgentToolCallEvent): void => {
      calls.push({toolName: event.toolName, input: event.input, toolCallId: event.toolCallId});
      event.respondWith(({toolCallId}) => `done ${toolCallId}`);
    };
    document.addEventListener('agent-tool-call', listen, {once: true});
    expect((await settled(await leave())).output).to.equal('done call-locate');
    expect(calls).to.deep.equal([{toolName: 'locate', input: {precise: true}, toolCallId: 'call-locate'}]);
  });

  it('takes a promise for an answer, and its failure for the failure of the call', async () => {
    await page.show();
    document.addEventListener('agent-tool-call', (event) => event.respondWith(Promise.reject(new Error('No.'))), {once: true});
    expect((await settled(await leave())).errorText).to.equal('No.');
  });

  it('does nothing where another page carries the call out, nor where nobody responds', async () => {
    let count = 0;
    page.session.tools.isClaimedElsewhere = true;
    await page.show({tools: {locate: () => count++}});
    const run = await leave();
    await idle();
    expect(count).to.equal(0);
    expect(part(run).state).to.equal('input-available');
  });

  it('does not let a listener respond too late or twice', async () => {
    await page.show();
    const errors: string[] = [];
    document.addEventListener('agent-tool-call', (event) => {
      const respond = (): void => {
        try {
          event.respondWith(() => 'second');
        } catch (error) {
          errors.push((error as Error).message);
        }
      };
      event.respondWith(() => 'first');
      respond();
      queueMicrotask(respond);
    }, {once: true});
    expect((await settled(await leave())).output).to.equal('first');
    expect(errors).to.have.length(2);
    expect(errors[1]).to.contain('too late');
  });

  it('asks once, at the element that brought the session about, and knows the tools of both', async () => {
    const around = document.createElement('agent-session');
    around.session = page.session;
    around.tools = {one: () => 'of the session'};
    const chat = document.createElement('agent-chat');
    chat.tools = {two: () => 'of the chat'};
    around.append(chat);
    await place(around);
    await drawn(chat);
    const targets: unknown[] = [];
    const listen = ({target}: Event): void => void targets.push(target);
    document.addEventListener('agent-tool-call', listen);
    expect((await settled(await leave('one'))).output).to.equal('of the session');
    expect((await settled(await leave('two'))).output).to.equal('of the chat');
    targets.length = 0;
    await leave('three');
    await waitUntil(() => targets.length > 0);
    document.removeEventListener('agent-tool-call', listen);
    expect(targets).to.deep.equal([around]);
  });

  it('asks listeners once a call, however much happens while it waits', async () => {
    await page.show();
    let count = 0;
    const listen = (): void => {
      count++;
    };
    document.addEventListener('agent-tool-call', listen);
    await leave();
    await idle();
    page.session.receive({id: 'x', role: 'user', clientId: 'ana', parts: [{type: 'text', text: 'Hm'}]});
    await idle();
    document.removeEventListener('agent-tool-call', listen);
    expect(count).to.equal(1);
  });

  describe('for a listener that comes late', () => {
    const clock = useClock();

    it('asks again, a few seconds later, as long as nobody has taken the call on, and then carries it out once', async () => {
      await page.show();
      let asked = 0;
      let done = 0;
      const deaf = (): void => {
        asked++;
      };
      document.addEventListener('agent-tool-call', deaf);
      const run = await leave();
      await idle();
      expect(asked).to.equal(1);
      await clock.pass(5000);
      expect(asked).to.equal(2);
      document.removeEventListener('agent-tool-call', deaf);
      const listen = (event: AgentToolCallEvent): void => {
        asked++;
        event.respondWith(() => (done += 1));
      };
      document.addEventListener('agent-tool-call', listen);
      await clock.pass(5000);
      await idle();
      expect(part(run)).to.include({state: 'output-available', output: 1});
      await clock.pass(60_000);
      await idle();
      document.removeEventListener('agent-tool-call', listen);
      expect([asked, done]).to.deep.equal([3, 1]);
    });

    it('asks no more once the call is over, or the element has left the page', async () => {
      await page.show();
      let asked = 0;
      const deaf = (): void => {
        asked++;
      };
      document.addEventListener('agent-tool-call', deaf);
      const run = await leave();
      await idle();
      run.end('complete');
      await idle();
      await clock.pass(60_000);
      expect(asked).to.equal(1);
      await leave('locate', 'another');
      await idle();
      expect(asked).to.equal(2);
      page.chat.remove();
      await clock.pass(60_000);
      document.removeEventListener('agent-tool-call', deaf);
      expect(asked).to.equal(2);
    });
  });

  it('offers nothing any more once it has left the page', async () => {
    await page.show({tools: {locate: () => 'here'}});
    page.chat.remove();
    const run = await leave();
    page.session.flush();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(part(run).state).to.equal('input-available');
  });
});
