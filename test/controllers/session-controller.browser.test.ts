import {expect} from '@open-wc/testing';
import {LitElement} from 'lit';
import {type ConnectionProperties, connectionProperties} from '../../src/controllers/connection-properties.ts';
import {SessionController} from '../../src/controllers/session-controller.ts';
import {createMemorySession, type MemorySession} from '../../src/testing/index.ts';
import {ask, said} from '../helpers/conversation.ts';
import {clearPage, drawn, place} from '../helpers/page.ts';

class SelectingElement extends LitElement {
  static override properties = connectionProperties;
  draws = 0;
  readonly runs = new SessionController(this, (snapshot) => snapshot.runs);

  protected override updated(): void {
    this.draws++;
  }
}
interface SelectingElement extends ConnectionProperties {}
customElements.define('test-selecting', SelectingElement);

describe('a controller that selects a slice', () => {
  let session: MemorySession;
  let element: SelectingElement;

  beforeEach(async () => {
    session = createMemorySession();
    element = new SelectingElement();
    element.session = session;
    await place(element);
    element.draws = 0;
  });
  afterEach(clearPage);

  it('updates its element when the slice is another one', async () => {
    await ask(session);
    session.flush();
    await drawn(element);
    expect(element.draws).to.equal(1);
    expect(element.runs.value.map(({status}) => status)).to.deep.equal(['active']);
  });

  it('leaves it alone whatever else changes', async () => {
    session.receive(said('1', 'Hello', {clientId: 'ana'}));
    session.setConnection('offline');
    session.flush();
    await drawn(element);
    expect(element.draws).to.equal(0);
  });

  it('updates it once when the session is another one', async () => {
    const other = createMemorySession();
    await ask(other);
    element.session = other;
    await drawn(element);
    expect(element.draws).to.equal(1);
    expect(element.runs.value).to.have.length(1);
  });

  it('shows what has changed while its element was out of the page', async () => {
    element.remove();
    await ask(session);
    session.flush();
    await place(element);
    expect(element.runs.value).to.have.length(1);
    expect(element.draws).to.be.above(0);
  });
});
