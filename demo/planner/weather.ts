import {type Tool, tool} from 'ai';
import {z} from 'zod';
import {addDays} from './trip.ts';

/** A forecast: what the tool answers, and the data of the part `data-weather` that a page shows. */
export interface Forecast {
  readonly city: string;
  readonly days: readonly {
    /** `YYYY-MM-DD` */
    readonly date: string;
    readonly sky: 'sunny' | 'fair' | 'cloudy' | 'rain';
    /** In °C. */
    readonly low: number;
    readonly high: number;
  }[];
}

const skies = ['sunny', 'fair', 'sunny', 'cloudy', 'fair', 'rain'] as const;

/** Invents a forecast. The same city has the same weather on the same day. */
export function forecast(city: string, from: string, days = 4): Forecast {
  const seedOf = (text: string): number => Buffer.from(text).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7);
  return {
    city,
    days: Array.from({length: days}, (_, index) => {
      const date = addDays(from, index);
      const seed = seedOf(`${city} ${date}`);
      const low = 9 + (seedOf(city) % 8) + (seed % 3);
      return {date, sky: skies[seed % skies.length] ?? 'fair', low, high: low + 6 + (seed % 4)};
    }),
  };
}

export function weatherTool(today: () => string): Tool {
  return tool({
    description: 'The forecast for a city. The page shows it as a table: do not repeat the figures.',
    inputSchema: z.object({city: z.string().min(1).max(80)}),
    execute: ({city}) => forecast(city, today()),
  });
}
