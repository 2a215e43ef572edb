/** Cuts a text where a model's tokenizer would about cut it; joined again the pieces are the text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*[\p{L}\p{M}\p{N}]{1,6}|\s*[^\s\p{L}\p{M}\p{N}]{1,3}|\s+/gu) ?? [];
}
