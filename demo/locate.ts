/** Where this device is. The browser asks the person; what they refuse goes to the agent as the call's failure. */
export function locate(_input: object, {signal}: {signal: AbortSignal}): Promise<{latitude: number; longitude: number; accuracy: number}> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The run has ended.')), {once: true});
    navigator.geolocation.getCurrentPosition(
      // Where in the city is nobody's business: two digits are about a kilometre.
      ({coords}) => resolve({latitude: Number(coords.latitude.toFixed(2)), longitude: Number(coords.longitude.toFixed(2)), accuracy: Math.round(coords.accuracy)}),
      ({message}) => reject(new Error(message || 'The position is not known.')),
      {timeout: 20_000, maximumAge: 600_000},
    );
  });
}
