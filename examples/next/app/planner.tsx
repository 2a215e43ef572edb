'use client';

import './strict-policy';
// Runs on the server too, where it has no effect; in the browser before React looks at the elements.
import 'agent-session-elements/define';
import 'agent-session-elements/types/react';
import type {AgentSessionElement, PartMounter, ToolPart} from 'agent-session-elements';
import {useCallback, useState} from 'react';
import {createRoot} from 'react-dom/client';
import {FaresCard} from './fares-card';
import {localTime} from './local-time';

const compareFares: PartMounter<ToolPart> = {
  mount(place, part) {
    const root = createRoot(place);
    const update = (changed: ToolPart) => root.render(<FaresCard part={changed} />);
    update(part);
    return {update, unmount: () => root.unmount()};
  },
};

export function Planner({brokerPort}: {brokerPort: number}) {
  const [isOpen, setOpen] = useState(true);
  const [answers, setAnswers] = useState(0);
  // React takes over the attributes that the server wrote; properties and listeners it leaves out (its issue 35446).
  const connect = useCallback((session: AgentSessionElement) => {
    const count = () => setAnswers((before) => before + 1);
    Object.assign(session, {requestHeaders: {'x-tenant': 'acme'}, tools: {localTime}, renderers: {compareFares}});
    session.addEventListener('agent-run-ended', count);
    return () => session.removeEventListener('agent-run-ended', count);
  }, []);
  return (
    <main>
      <header>
        <h1>Trip planner</h1>
        <output>Answers: {answers}</output>
        <button type="button" onClick={() => setOpen(!isOpen)}>{isOpen ? 'Close' : 'Open'}</button>
      </header>
      {isOpen && (
        <agent-session
          ref={connect}
          channel="conversations:next"
          auth-url="/api/auth/token?channel=conversations:next&clientId=Ana"
          agent-url="/api/chat"
          endpoint="localhost" port={brokerPort} insecure
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
