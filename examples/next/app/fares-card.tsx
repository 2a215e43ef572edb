import type {ToolPart} from 'agent-session-elements';
import {useState} from 'react';

export function FaresCard({part}: {part: ToolPart}) {
  const [people, setPeople] = useState(1);
  const result = part.output as {to: string; fares: {by: string; price: number}[]} | undefined;
  return (
    <section className="fares">
      <h3>{result ? `To ${result.to}` : 'Looking for fares'}</h3>
      <ul>{result?.fares.map(({by, price}) => <li key={by}>{by}: {price * people} €</li>)}</ul>
      <button type="button" onClick={() => setPeople(3 - people)}>For {people === 1 ? 'two' : 'one'}</button>
    </section>
  );
}
