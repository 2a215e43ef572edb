import {Component, computed, input, signal} from '@angular/core';
import type {ToolPart} from 'agent-session-elements';

@Component({
  selector: 'fares-card',
  template: `
    <section class="fares">
      <h3>{{ result() ? 'To ' + result()?.to : 'Looking for fares' }}</h3>
      <ul>
        @for (fare of result()?.fares; track fare.by) {
          <li>{{ fare.by }}: {{ fare.price * people() }} €</li>
        }
      </ul>
      <button type="button" (click)="people.set(3 - people())">For {{ people() === 1 ? 'two' : 'one' }}</button>
    </section>
  `,
})
export class FaresCard {
  readonly part = input.required<ToolPart>();
  readonly people = signal(1);
  readonly result = computed(() => this.part().output as {to: string; fares: {by: string; price: number}[]} | undefined);
}
