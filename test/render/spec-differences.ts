/** Why an example of the CommonMark specification shows otherwise here. */
type Reason = 'raw HTML is shown as text' | 'GFM links a bare address' | 'the reference has a rare name';

const rawHtml = [
  21, 31, 344, 475, 476, 477, 491, 494, 524, 536, 201, 308, 309, 642, 643,
  ...range(148, 167), ...range(169, 191), ...range(613, 617), 623, ...range(625, 631),
];

/** The examples that do not render as the specification has them, each with its reason. All others do. */
export const differences: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  ...rawHtml.map((number) => [number, 'raw HTML is shown as text'] as const),
  ...[602, 608, 611, 612].map((number) => [number, 'GFM links a bare address'] as const),
  [25, 'the reference has a rare name'],
]);

function range(first: number, last: number): number[] {
  return Array.from({length: last - first + 1}, (_, index) => first + index);
}
