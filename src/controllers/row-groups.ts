import type {SessionMessage, TimelineItem} from '../session/index.ts';

/** Messages of one group: few enough to be drawn within a frame, enough that hundreds of groups make thousands. */
export const groupSize = 4;

/** Consecutive rows that are drawn, and left out, together. */
export interface RowGroup {
  /** Where its rows stand among all: from `start` up to, but without, `end`. */
  start: number;
  end: number;
  /** How high it was when it was last drawn at the present width, in px. */
  height: number | undefined;
  /** How high it may be, in px, before that is corrected by what others turned out to be; undefined until asked for. */
  guess: number | undefined;
  /** Its units: messages with what belongs to them. */
  keys: readonly string[];
}

/** A row to draw, by its place among all, or a gap in the place of groups that are left out. */
export type WindowRow =
  | {readonly type: 'row'; readonly key: string; readonly index: number}
  | {readonly type: 'gap'; readonly key: string; readonly groups: readonly RowGroup[]};

/** A message with the day before it and the runs behind it. */
interface Unit {
  key: string;
  readonly start: number;
  end: number;
}

interface Draft {
  readonly group: RowGroup;
  readonly units: Unit[];
}

/**
 * Parts the rows of a conversation into groups, and remembers how high each is. A group keeps its messages when others
 * come before, behind or between, so that what is drawn stays drawn.
 */
export class RowGroups {
  #items: readonly TimelineItem[] = [];
  #groups: readonly RowGroup[] = [];
  #width = 0;
  /** What guesses have to be multiplied by, going by the groups that have been drawn. */
  #correction = 1;

  /** All groups, in order; they cover all rows. */
  get all(): readonly RowGroup[] {
    return this.#groups;
  }

  get items(): readonly TimelineItem[] {
    return this.#items;
  }

  /** The group of the row at `index`. */
  at(index: number): RowGroup | undefined {
    return this.#groups.find(({start, end}) => start <= index && index < end);
  }

  update(items: readonly TimelineItem[]): void {
    if (items === this.#items) return;
    const {before, between, behind} = this.#untouched(items);
    const start = before.at(-1)?.end ?? 0;
    const shift = items.length - this.#items.length;
    const end = behind[0] ? behind[0].start + shift : items.length;
    const known = new Map(between.flatMap((group) => group.keys.map((key) => [key, group] as const)));
    const drafts = draftsOf(unitsOf(items, start, end), known);
    for (const {group, units} of drafts) {
      const keys = units.map(({key}) => key);
      if (!isSameList(keys, group.keys)) group.height = group.guess = undefined;
      group.keys = keys;
      group.start = units[0]?.start ?? 0;
      group.end = units.at(-1)?.end ?? 0;
    }
    for (const group of behind) {
      group.start += shift;
      group.end += shift;
    }
    this.#items = items;
    this.#groups = [...before, ...drafts.map(({group}) => group), ...behind];
  }

  /** The groups that the same rows make up as before, at the start and at the end, and those between. */
  #untouched(items: readonly TimelineItem[]): Record<'before' | 'between' | 'behind', RowGroup[]> {
    const old = this.#items;
    const least = Math.min(items.length, old.length);
    let first = 0;
    while (first < least && items[first]?.key === old[first]?.key) first++;
    let last = 0;
    while (last < least - first && items.at(-1 - last)?.key === old.at(-1 - last)?.key) last++;
    // A group at the edge may get what comes next to it, so it does not count.
    const before = this.#groups.filter(({end}) => end < first);
    const behind = this.#groups.filter(({start}) => start > old.length - last);
    return {before, between: this.#groups.slice(before.length, this.#groups.length - behind.length), behind};
  }

  /** The rows of the groups that are to be drawn, and one gap for all between two of them. */
  rowsOf(drawn: ReadonlySet<RowGroup>): readonly WindowRow[] {
    const rows: WindowRow[] = [];
    let gap: RowGroup[] | undefined;
    for (const group of this.#groups) {
      if (drawn.has(group)) {
        gap = undefined;
        for (let index = group.start; index < group.end; index++) rows.push({type: 'row', key: this.#items[index]?.key ?? '', index});
      } else if (gap) {
        gap.push(group);
      } else {
        gap = [group];
        rows.push({type: 'gap', key: `gap:${group.keys[0]}`, groups: gap});
      }
    }
    return rows;
  }

  /** Says how wide rows are, in px: another width makes other heights. */
  setWidth(width: number): void {
    if (width === this.#width) return;
    this.#width = width;
    for (const group of this.#groups) group.height = group.guess = undefined;
  }

  /** Learns from the groups whose height is known what the others may be. */
  correct(): void {
    let height = 0;
    let guess = 0;
    for (const group of this.#groups) {
      if (group.height === undefined) continue;
      height += group.height;
      guess += this.#guess(group);
    }
    if (guess > 0) this.#correction = height / guess;
  }

  /** How high a group is, or may be, in px. */
  heightOf(group: RowGroup): number {
    return group.height ?? this.#guess(group) * this.#correction;
  }

  #guess(group: RowGroup): number {
    group.guess ??= this.#items.slice(group.start, group.end).reduce((sum, item) => sum + this.#guessItem(item), 0);
    return group.guess;
  }

  #guessItem(item: TimelineItem): number {
    if (item.type !== 'message') return 44;
    const lettersOfLine = Math.max(20, this.#width / 7.5);
    return 64 + (23 * lengthOf(item.message)) / lettersOfLine;
  }
}

function lengthOf({parts}: SessionMessage): number {
  return parts.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 100), 0);
}

function unitsOf(items: readonly TimelineItem[], start: number, end: number): Unit[] {
  const units: Unit[] = [];
  for (let index = start; index < end; index++) {
    const item = items[index];
    const last = units.at(-1);
    if (!item) break;
    if (last && (item.type === 'run' || items[index - 1]?.type === 'day')) {
      last.end = index + 1;
      if (item.type === 'message') last.key = item.key;
    } else {
      units.push({key: item.key, start: index, end: index + 1});
    }
  }
  return units;
}

/** Puts units into the groups that they were in, and new ones into the group before or, at the start, behind them. */
function draftsOf(units: readonly Unit[], groupOf: ReadonlyMap<string, RowGroup>): Draft[] {
  const drafts: Draft[] = [];
  const taken = new Set<RowGroup>();
  const leading: Unit[] = [];
  let current: Draft | undefined;
  for (const unit of units) {
    const known = groupOf.get(unit.key);
    if (known !== undefined && known === current?.group) {
      current.units.push(unit);
    } else if (known !== undefined && !taken.has(known)) {
      taken.add(known);
      // Until then there was nothing known, so what has been seen is new and comes before it.
      const joining = leading.splice(Math.max(0, leading.length - Math.max(0, groupSize - known.keys.length)));
      drafts.push(...chunked(leading.splice(0)));
      current = {group: known, units: [...joining, unit]};
      drafts.push(current);
    } else if (current === undefined) {
      leading.push(unit);
    } else if (current.units.length < groupSize) {
      current.units.push(unit);
    } else {
      current = {group: emptyGroup(), units: [unit]};
      drafts.push(current);
    }
  }
  return [...drafts, ...chunked(leading)];
}

/** Counted from the end, since that is where people are. */
function chunked(units: Unit[]): Draft[] {
  const drafts: Draft[] = [];
  for (let end = units.length; end > 0; end -= groupSize) {
    drafts.push({group: emptyGroup(), units: units.slice(Math.max(0, end - groupSize), end)});
  }
  return drafts.reverse();
}

function emptyGroup(): RowGroup {
  return {start: 0, end: 0, height: undefined, guess: undefined, keys: []};
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
