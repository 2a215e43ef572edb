/**
 * The secret of an Ably API key is 43 characters long; channel names may look like `app.part:rest` too, so a shorter
 * rest is taken for a secret only where a key is likely (`strict: false`).
 */
const key = {strict: /[\w-]+\.[\w-]+:[\w+/=-]{24,}/, loose: /(^|[=\s])[\w-]+\.[\w-]+:[\w+/=-]{6,}/};

const keyAttributes = new Set(['key', 'api-key', 'apikey', 'ably-key', 'ably-api-key', 'ablykey']);

/** Whether an attribute holds, or is meant to hold, an Ably API key, which must never reach a page. */
export function isApiKeyAttribute(name: string, value: string): boolean {
  if (keyAttributes.has(name.toLowerCase())) return true;
  return (name === 'channel' ? key.strict : key.loose).test(value);
}
