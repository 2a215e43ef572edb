import {ApplicationRef, Component, createComponent, CUSTOM_ELEMENTS_SCHEMA, inject, signal} from '@angular/core';
import type {AgentRunEndedEvent, PartMounter, ToolPart} from 'agent-session-elements';
import {FaresCard} from './fares-card';
import {localTime} from './local-time';

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
          endpoint="localhost" port="8090" insecure
          [requestHeaders]="headers"
          [tools]="tools"
          [renderers]="{compareFares}"
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
  readonly #app = inject(ApplicationRef);
  readonly isOpen = signal(true);
  readonly answers = signal(0);
  readonly headers = {'x-tenant': 'acme'};
  readonly tools = {localTime};

  readonly compareFares: PartMounter<ToolPart> = {
    mount: (hostElement, part) => {
      const card = createComponent(FaresCard, {hostElement, environmentInjector: this.#app.injector});
      card.setInput('part', part);
      this.#app.attachView(card.hostView);
      return {update: (changed) => card.setInput('part', changed), unmount: () => card.destroy()};
    },
  };

  count({run}: AgentRunEndedEvent): void {
    if (run.status === 'complete') this.answers.update((answers) => answers + 1);
  }
}
