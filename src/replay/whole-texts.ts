import type {Json, JsonObject, RecordedEvent} from './recording.ts';

/** A text that came in pieces: which event holds each piece. */
interface Growing {
  /** Writes the text that was there first. */
  setBase(text: string): void;
  readonly pieces: {readonly place: number; readonly text: string}[];
}

/**
 * Cleans texts that came piece by piece as what they are when they are whole: a token that two pieces hold would be seen
 * in neither. The pieces stay where they are, and show at no time more than the clean text has.
 */
export function cleanWholeTexts(events: readonly RecordedEvent[], clean: (text: string) => string): readonly RecordedEvent[] {
  const result = structuredClone(events) as RecordedEvent[]; // a copy of our own
  const growing = new Map<string, Growing>();
  const open = (id: string, part: number, holder: Json | undefined): void => {
    const key = JSON.stringify([id, part]);
    finish(growing.get(key), result, clean);
    growing.delete(key);
    if (!isObject(holder) || typeof holder['text'] !== 'string') return;
    const own = holder as Record<string, Json>; // of the copy
    growing.set(key, {setBase: (text) => (own['text'] = text), pieces: [{place: -1, text: holder['text']}]});
  };
  for (const [place, event] of result.entries()) {
    if (event.type === 'part') open(event.id, event.part, event.value);
    else if (event.type === 'message') {
      const {id, parts} = event.message;
      for (const [part, value] of (Array.isArray(parts) ? (parts as readonly Json[]) : []).entries()) open(typeof id === 'string' ? id : '', part, value);
    } else if (event.type === 'text') growing.get(JSON.stringify([event.id, event.part]))?.pieces.push({place, text: event.delta});
  }
  for (const text of growing.values()) finish(text, result, clean);
  return result;
}

function finish(growing: Growing | undefined, events: RecordedEvent[], clean: (text: string) => string): void {
  if (!growing) return;
  const whole = growing.pieces.map(({text}) => text).join('');
  const cleaned = clean(whole);
  if (cleaned === whole) return;
  let read = 0;
  let written = 0;
  for (const {place, text} of growing.pieces) {
    read += text.length;
    const end = Math.round((cleaned.length * read) / whole.length);
    const piece = cleaned.slice(written, end);
    written = end;
    const event = events[place];
    if (place === -1) growing.setBase(piece);
    else if (event?.type === 'text') events[place] = {...event, delta: piece};
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
