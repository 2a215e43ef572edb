import {messagesOfPerson, type ScriptedModel, toolAnswers} from '../../demo/model/scripted-model.ts';
import type {Model, ModelAnswer, ModelCall, ModelStream} from '../../demo/model/model.ts';
import type {ToolAnswer} from '../../demo/model/planner-words.ts';
import {understand} from '../../demo/model/understand.ts';
import type {Booking, Fares} from './trip-tools.ts';

/** The scripted model with the tools of `tripTools` in place of the planner's. */
export class TripModel implements Model {
  readonly specificationVersion = 'v4';
  readonly provider = 'scripted';
  readonly modelId = 'trip';
  readonly supportedUrls = {};
  readonly #words: ScriptedModel;

  constructor(words: ScriptedModel) {
    this.#words = words;
  }

  doStream(call: ModelCall): Promise<ModelStream> {
    const {prompt, abortSignal} = call;
    const result = toolAnswers(prompt).at(-1);
    if (result) return this.#words.turn({text: wordsOn(result)}, abortSignal);
    const messages = messagesOfPerson(prompt);
    const toolName = toolFor(messages.at(-1) ?? '');
    if (toolName === undefined) return this.#words.doStream({...call, tools: undefined});
    const input = toolName === 'localTime' ? {} : {to: understand(messages).wish.place?.name ?? 'Lisbon'};
    return this.#words.turn({text: '', calls: [{toolName, input}]}, abortSignal);
  }

  doGenerate(call: ModelCall): Promise<ModelAnswer> {
    return this.#words.doGenerate({...call, tools: undefined});
  }
}

function toolFor(message: string): string | undefined {
  if (/\bwhat time\b/i.test(message)) return 'localTime';
  if (/\bfares?\b/i.test(message)) return 'compareFares';
  return /\bbook\b/i.test(message) ? 'bookTrip' : undefined;
}

function wordsOn({toolName, value, isFailure}: ToolAnswer): string {
  if (isFailure) return toolName === 'bookTrip' ? 'Then I have not booked it.' : `That did not work: ${String(value)}`;
  switch (toolName) {
    case 'localTime': {
      const {time, timeZone} = value as {time: string; timeZone: string}; // the page may say anything; it is only words here
      return `It is ${time} where you are, in ${timeZone}.`;
    }
    case 'compareFares': {
      const [cheapest] = [...(value as Fares).fares].sort((one, other) => one.price - other.price);
      return cheapest ? `The ${cheapest.by} is the cheapest.` : 'There is no way to get there.';
    }
    default: {
      const {to, nights} = value as Booking;
      return `Booked: ${nights} nights in ${to}.`;
    }
  }
}
