import {Component, CUSTOM_ELEMENTS_SCHEMA, signal} from '@angular/core';
import type {AgentRunEndedEvent} from 'agent-session-elements';

@Component({
  selector: 'app-root',
  // Lets tags with a dash be elements of the browser's.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <main>
      <header>
        <h1>Trip planner</h1>
        <output>Answers: {{ answers() }}</output>
        <button type="button" (click)="isOpen.set(!isOpen())">{{ isOpen() ? 'Close' : 'Open' }}</button>
      </header>
      @if (isOpen()) {
        <agent-session
          channel="conversations:angular"
          auth-url="/api/auth/token?channel=conversations:angular&clientId=Ana"
          agent-url="/api/chat"
          endpoint="localhost"
          port="8090"
          insecure
          [requestHeaders]="headers"
          (agent-run-ended)="count($event)"
        >
          <agent-chat placeholder="Where to?">
            <header slot="header">
              <h2>Plan a trip</h2>
              <agent-status variant="badge" />
              <shared-state path="trip"><label>Nights <input name="nights" type="number" /></label></shared-state>
            </header>
          </agent-chat>
        </agent-session>
      }
    </main>
  `,
})
export class App {
  readonly isOpen = signal(true);
  readonly answers = signal(0);
  readonly headers = {'x-tenant': 'acme'};

  count({run}: AgentRunEndedEvent): void {
    if (run.status === 'complete') this.answers.update((answers) => answers + 1);
  }
}
