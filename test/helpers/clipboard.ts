/** A copy or a paste, as the browser has it. Firefox gives an event that a script makes a clipboard of its own, without the files. */
export function clipboardEvent(kind: 'copy' | 'paste', clipboardData = new DataTransfer()): ClipboardEvent {
  const event = new ClipboardEvent(kind, {bubbles: true, composed: true, cancelable: true});
  Object.defineProperty(event, 'clipboardData', {value: clipboardData});
  return event;
}
