import {executeServerCommand} from '@web/test-runner-commands';

/** `it` for tests in which an input method composes; only Chromium lets a test do that, by its own protocol. The others skip them, and say so. */
export const itComposes = navigator.userAgent.includes('Chrome/') ? it : it.skip;

/** Composes text as an input method does, with the browser's own events; `isFinal` when the person has confirmed it. */
export async function compose(text: string, {isFinal = false}: {isFinal?: boolean} = {}): Promise<void> {
  await executeServerCommand('compose', {text, isFinal});
}
