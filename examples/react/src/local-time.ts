/** A tool of this page's: the time where the person is. */
export function localTime(): {time: string; timeZone: string} {
  const {timeZone} = Intl.DateTimeFormat().resolvedOptions();
  return {time: new Date().toLocaleTimeString([], {timeStyle: 'short'}), timeZone};
}
