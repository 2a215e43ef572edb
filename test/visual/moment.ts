/** The moment at which all pictures are taken: the time in scenes, and that of the page's clock. */
export const moment = Date.UTC(2026, 4, 12, 10, 42);
