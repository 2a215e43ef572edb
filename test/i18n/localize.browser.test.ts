import {expect} from '@open-wc/testing';
import {registerLocale} from '../../src/index.ts';
import {useChat} from '../helpers/chat.ts';
import {drawn, shownText} from '../helpers/page.ts';

describe('the language of an element', () => {
  const page = useChat();
  afterEach(() => document.documentElement.removeAttribute('lang'));

  async function shown(): Promise<string> {
    await drawn(page.chat);
    await drawn(page.input);
    return `${shownText(page.chat)} ${page.textarea.placeholder}`;
  }

  it('is that of the page, and follows when that changes', async () => {
    document.documentElement.lang = 'de';
    await page.show();
    expect(await shown()).to.contain('Noch keine Nachrichten').and.to.contain('Nachricht an den Agenten');
    document.documentElement.lang = 'en';
    await drawn(page.chat);
    expect(await shown()).to.contain('No messages yet').and.to.contain('Message the agent');
  });

  it('follows a change inside a shadow root around it, as of an application that is a component', async () => {
    const application = document.createElement('div');
    const [section, deeper] = [document.createElement('section'), document.createElement('div')];
    application.attachShadow({mode: 'open'}).append(section);
    section.append(deeper);
    document.body.append(application);
    await page.show();
    const inner = deeper.attachShadow({mode: 'closed'});
    inner.append(page.chat);
    expect(await shown()).to.contain('No messages yet');
    section.lang = 'de';
    await drawn(page.chat);
    expect(await shown()).to.contain('Noch keine Nachrichten').and.to.contain('Nachricht an den Agenten');
  });

  it('is its own where it has one, for the input in it too', async () => {
    document.documentElement.lang = 'en';
    await page.show({locale: 'de'});
    expect(await shown()).to.contain('Noch keine Nachrichten').and.to.contain('Nachricht an den Agenten');
  });

  it('comes when it is registered later', async () => {
    await page.show({locale: 'eo'});
    expect(await shown()).to.contain('No messages yet');
    registerLocale('eo', {'chat.emptyTitle': 'Ankoraŭ neniu mesaĝo'});
    expect(await shown()).to.contain('Ankoraŭ neniu mesaĝo').and.to.contain('Write something to begin.');
  });
});
