/** The key code that stands for a key which an input method has taken. */
const takenByInputMethod = 229;

/** Whether a key belongs to an input method that is composing text, by the event alone. */
export function isComposing(event: KeyboardEvent): boolean {
  // Deprecated, yet the only sign that Safari gives of the Enter which confirms a composition.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.keyCode === takenByInputMethod;
}
