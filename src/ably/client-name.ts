/** A client id of Ably's, where it names somebody. */
export function nameIn(clientId: string | undefined): string | undefined {
  return clientId === '' || clientId === '*' ? undefined : clientId;
}
