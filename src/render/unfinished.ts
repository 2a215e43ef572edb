/** Stands for the target of a link that is still being written. No text can name it: control characters are refused. */
export const pendingTarget = '\u0000';
