import type {PartMounter, ToolPart} from 'agent-session-elements';
import {useState} from 'react';
import {createRoot} from 'react-dom/client';
import {FaresCard} from './FaresCard.tsx';
import {localTime} from './local-time.ts';

const headers = {'x-tenant': 'acme'};
const tools = {localTime};
const compareFares: PartMounter<ToolPart> = {
  mount(place, part) {
    const root = createRoot(place);
    const update = (changed: ToolPart) => root.render(<FaresCard part={changed} />);
    update(part);
    return {update, unmount: () => root.unmount()};
  },
};
const renderers = {compareFares};

export function App() {
  const [isOpen, setOpen] = useState(true);
  const [answers, setAnswers] = useState(0);
  return (
    <main>
      <header>
        <h1>Trip planner</h1>
        <output>Answers: {answers}</output>
        <button type="button" onClick={() => setOpen(!isOpen)}>{isOpen ? 'Close' : 'Open'}</button>
      </header>
      {isOpen && (
        <agent-session
          channel="conversations:react"
          auth-url="/api/auth/token?channel=conversations:react&clientId=Ana"
          agent-url="/api/chat"
          endpoint="localhost" port={8090} insecure
          requestHeaders={headers}
          tools={tools}
          renderers={renderers}
          onagent-run-ended={() => setAnswers((count) => count + 1)}
        >
          <agent-chat placeholder="Where to?">
            <header slot="header">
              <h2>Plan a trip</h2>
              <agent-status variant="badge" />
              <shared-state path="trip"><label>Nights <input name="nights" type="number" /></label></shared-state>
            </header>
          </agent-chat>
        </agent-session>
      )}
    </main>
  );
}
