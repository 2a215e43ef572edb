/** The part of the browser's `SpeechRecognition` that is used, https://webaudio.github.io/web-speech-api/. */
export interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  stop(): void;
  abort(): void;
}

/** The browser's recogniser, where it has one. */
export function recognitionClass(): (new () => Recognition) | undefined {
  // Neither name is in the DOM's types; Safari and Chromium have the second.
  const names = globalThis as {SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition};
  return names.SpeechRecognition ?? names.webkitSpeechRecognition;
}
