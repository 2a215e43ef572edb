import type {LiveMap} from 'ably/liveobjects';
import {tool} from 'ai';
import {z} from 'zod';
import type {HeldSession} from '../../demo/agent/channel-sessions.ts';
import type {AgentTools} from '../../demo/agent/tools.ts';
import type {Pace} from '../../demo/model/pace.ts';

/** One way to get there. */
export interface Fare {
  readonly by: string;
  /** In euros, for one person. */
  readonly price: number;
}

/** What `compareFares` has found so far. */
export interface Fares {
  readonly to: string;
  readonly fares: readonly Fare[];
}

/** What `bookTrip` answers. */
export interface Booking {
  readonly to: string;
  readonly nights: number;
}

const carriers = ['Night train', 'Coach', 'Aurora Air'] as const;
const place = z.object({to: z.string().min(1).max(80)});

export interface TripContext {
  readonly held: HeldSession;
  /** How long it takes to look for a fare. */
  readonly pace: Pace;
}

/** What the examples' agent can do: ask the page for the time, look for fares one by one, book when a person agrees. */
export function tripTools({held, pace}: TripContext): AgentTools {
  return {
    set: {
      // Without `execute` it is the page's.
      localTime: tool({description: 'The time where the person is. Their own page tells it.', inputSchema: z.object({})}),
      compareFares: tool({
        description: 'Compares what it costs to get to a city. The page shows it as a table: do not repeat the figures.',
        inputSchema: place,
        async *execute({to}, {abortSignal}): AsyncGenerator<Fares> {
          const fares: Fare[] = [];
          for (const [index, by] of carriers.entries()) {
            await pace({token: by, index: index + 1, slowdown: 25, signal: abortSignal});
            fares.push({by, price: priceOf(by, to)});
            yield {to, fares: [...fares]};
          }
        },
      }),
      bookTrip: tool({description: 'Books a trip for as many nights as the form of the page says. A person is asked first.', inputSchema: place}),
    },
    asks: {
      bookTrip: {
        about: async (input) => ({note: `${await nightsOf(held)} nights in ${place.parse(input).to}`}),
        carryOut: async (input): Promise<Booking> => ({to: place.parse(input).to, nights: await nightsOf(held)}),
      },
    },
  };
}

/** What the page's form says, which it shares. */
async function nightsOf(held: HeldSession): Promise<number> {
  const root = await held.session.object.get<{trip: LiveMap<{nights: number}>}>();
  return root.get('trip').get('nights').value() ?? 2;
}

/** The same way to the same city costs the same. */
function priceOf(by: string, to: string): number {
  return 40 + (Buffer.from(`${by} ${to}`).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7) % 160);
}
