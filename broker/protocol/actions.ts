/** What a protocol message does (TR2). One protocol message travels per WebSocket frame. */
export const Action = {
  Heartbeat: 0,
  Ack: 1,
  Nack: 2,
  Connect: 3,
  Connected: 4,
  Disconnect: 5,
  Disconnected: 6,
  Close: 7,
  Closed: 8,
  Error: 9,
  Attach: 10,
  Attached: 11,
  Detach: 12,
  Detached: 13,
  Presence: 14,
  Message: 15,
  Sync: 16,
  Auth: 17,
  Object: 19,
  ObjectSync: 20,
  Annotation: 21,
} as const;
export type Action = (typeof Action)[keyof typeof Action];

/** What happened to a message (TM5). `Append` exists on the wire only: a stored message that was appended to is an update. */
export const MessageAction = {Create: 0, Update: 1, Delete: 2, Meta: 3, Summary: 4, Append: 5} as const;
export type MessageAction = (typeof MessageAction)[keyof typeof MessageAction];

/** What happened to a presence member (TP2). */
export const PresenceAction = {Absent: 0, Present: 1, Enter: 2, Leave: 3, Update: 4} as const;
export type PresenceAction = (typeof PresenceAction)[keyof typeof PresenceAction];

/** What an object operation does (OOP2). */
export const ObjectAction = {
  MapCreate: 0,
  MapSet: 1,
  MapRemove: 2,
  CounterCreate: 3,
  CounterInc: 4,
  ObjectDelete: 5,
  MapClear: 6,
} as const;
export type ObjectAction = (typeof ObjectAction)[keyof typeof ObjectAction];

/** What happened to an annotation (TAN2b). */
export const AnnotationAction = {Create: 0, Delete: 1} as const;
export type AnnotationAction = (typeof AnnotationAction)[keyof typeof AnnotationAction];
