import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';

/** Whether there is a file that may be run. */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of the first program of one of these names on `PATH`; else `undefined`. */
export function onPath(...names) {
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}
