/** How long connections wait for parts of the library at most, in ms. */
const longestWaitMs = 2000;

let held: Promise<unknown> | undefined;

/**
 * Lets connections that are to be opened wait for something: for elements on the page whose code is on its way, and which
 * may need more of the connection than those that are there already. It would have to be made twice otherwise.
 */
export function holdConnections(until: Promise<unknown>): void {
  const longest = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
  const wait = Promise.race([until.catch(() => undefined), longest]);
  held = held ? Promise.all([held, wait]) : wait;
}

/** Calls back once nothing holds connections, a task later; returns what takes that back. */
export function whenConnectionsMayOpen(open: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = true;
  // The page's own elements are upgraded before it is known which others are on their way.
  timer = setTimeout(() => {
    if (!held) open();
    else void held.then(() => {
      if (isWanted) timer = setTimeout(open);
    });
  });
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
}
