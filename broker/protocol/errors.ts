/** An error as it travels: the SDK refuses one whose first three fields are missing or mistyped (TI1). */
export interface ErrorInfo {
  /** Ably's error code, such as 40160. */
  code: number;
  /** The HTTP status that goes with it; 5xx makes a client retry. */
  statusCode: number;
  /** What failed, why, and what to do about it. */
  message: string;
  href?: string;
}

/** Ably's error codes, as far as this broker raises them. */
export const Code = {
  BadRequest: 40000,
  InvalidRequestBody: 40001,
  InvalidParameter: 40003,
  MessageTooLarge: 40009,
  InvalidChannelName: 40010,
  InvalidClientId: 40012,
  InvalidData: 40013,
  Unauthorized: 40100,
  InvalidCredentials: 40101,
  IncompatibleCredentials: 40102,
  TimestampNotCurrent: 40104,
  NonceReplayed: 40105,
  TokenExpired: 40142,
  TokenInvalidSignature: 40144,
  TokenRevoked: 40141,
  OperationNotPermitted: 40160,
  Forbidden: 40300,
  NotFound: 40400,
  RateExceeded: 42910,
  RateLimited: 42911,
  SlowSubscriber: 42912,
  Internal: 50000,
  Unavailable: 50003,
  ConnectionClosed: 80017,
  ResumeFailed: 80018,
  ContinuityLost: 80008,
  ChannelFailed: 90000,
  PresenceNeedsClientId: 91000,
  PresenceLimit: 91003,
  ObjectInvalid: 92000,
  ObjectLimit: 92001,
  ObjectIdUnknown: 92004,
  PathNotFound: 92005,
  MutableMessagesOff: 93002,
} as const;

/** HTTP status of an Ably code: its first three digits where those are a status, else 400. */
function statusOf(code: number): number {
  const status = Math.floor(code / 100);
  return status >= 400 && status < 600 ? status : 400;
}

/** A refusal with one of Ably's codes. Thrown inside the broker, answered as ERROR, NACK or an HTTP error at its edge. */
export class AblyError extends Error {
  readonly code: number;
  readonly statusCode: number;

  constructor(code: number, message: string, options: {statusCode?: number; cause?: unknown} = {}) {
    super(message, {cause: options.cause});
    this.name = 'AblyError';
    this.code = code;
    this.statusCode = options.statusCode ?? statusOf(code);
  }

  toInfo(): ErrorInfo {
    return {code: this.code, statusCode: this.statusCode, message: this.message};
  }
}

/** Turns whatever was thrown into what a client may see. Anything but an `AblyError` is a defect: 50000. */
export function errorInfo(thrown: unknown): ErrorInfo {
  if (thrown instanceof AblyError) return thrown.toInfo();
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return {code: Code.Internal, statusCode: 500, message: `Internal error of the broker: ${reason}`};
}
