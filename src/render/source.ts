/** A text with `\n` as its only line break, and without the character that no text may have. */
export function normalised(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return lines.includes('\u0000') ? lines.replaceAll('\u0000', '\ufffd') : lines;
}

/** How many characters two texts have in common at their beginning. */
export function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
