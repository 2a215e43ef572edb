/** What the scripted agent of the examples writes. */
export const plan = `Four days in **Lisbon** for two, within €1500:

| Day | Morning | Evening |
| --- | --- | --- |
| Thu | Alfama on foot | Fado in Mouraria |
| Fri | Tram 28, Estrela | Dinner in Cais do Sodré |
| Sat | Train to Sintra | Miradouro da Graça |
| Sun | Gulbenkian museum | Flight home |

- Flights: €310 for both, outbound at 07:35
- Hotel: three nights in Graça, €390
- That leaves **€800** for everything else.

Shall I hold the hotel for you?`;

export const shorter = 'Of course. **Three days**, without Sintra: Alfama and fado on Thursday, Estrela and the river on Friday, the Gulbenkian on Saturday before the flight. It costs about €1150.';

export const code = `This is all that a page needs:

\`\`\`html
<script type="module" src="agent-session-elements.js"></script>

<agent-session channel="conversations:lisbon" auth-url="/api/auth/token">
  <agent-chat></agent-chat>
</agent-session>
\`\`\`

Ask me for anything else, or press **Stop** while I write.`;

export const hello = 'This answer comes from a script in this page. Ask for a *plan*, for *code*, or for something *shorter*, and write again while the answer is on its way: that interrupts it.';

/** The words that answer what was asked. */
export function wordsFor(text: string): string {
  if (/code|html|script/i.test(text)) return code;
  if (/short|three|3|less|cheap/i.test(text)) return shorter;
  if (/plan|trip|lisbon|days|holiday/i.test(text)) return plan;
  return hello;
}
