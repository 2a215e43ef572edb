'use client';

// Runs on the server too, where it has no effect; in the browser before React looks at the elements.
import 'agent-session-elements/define';
import 'agent-session-elements/types/react';
import type {AgentSessionElement} from 'agent-session-elements';
import {useCallback, useState} from 'react';
import {FaresCard} from './fares-card';
import {localTime} from './local-time';
import {usePartComponent} from './use-part-component';

export function Planner({brokerPort}: {brokerPort: number}) {
  const [isOpen, setOpen] = useState(true);
  const [answers, setAnswers] = useState(0);
  const {renderer: compareFares, portals} = usePartComponent(FaresCard);
  // React takes over the attributes that the server wrote; properties and listeners it leaves out (its issue 35446).
  const connect = useCallback((session: AgentSessionElement) => {
    const count = () => setAnswers((before) => before + 1);
    Object.assign(session, {requestHeaders: {'x-tenant': 'acme'}, tools: {localTime}, renderers: {compareFares}});
    session.addEventListener('agent-run-ended', count);
    return () => session.removeEventListener('agent-run-ended', count);
  }, [compareFares]);
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
          endpoint="localhost"
          port={brokerPort}
          insecure
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
      {portals}
    </main>
  );
}
