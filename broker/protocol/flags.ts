/** Bits of a protocol message's `flags` that describe an attachment (TR3). */
export const Flag = {
  HasPresence: 1 << 0,
  HasBacklog: 1 << 1,
  Resumed: 1 << 2,
  AttachResume: 1 << 5,
  HasObjects: 1 << 7,
} as const;

/** Bits of `flags` that ask for, or grant, a channel mode (TR3q onwards). */
export const Mode = {
  Presence: 1 << 16,
  Publish: 1 << 17,
  Subscribe: 1 << 18,
  PresenceSubscribe: 1 << 19,
  AnnotationPublish: 1 << 21,
  AnnotationSubscribe: 1 << 22,
  ObjectSubscribe: 1 << 24,
  ObjectPublish: 1 << 25,
} as const;

/** Every mode bit at once, to cut the modes out of `flags`. */
export const allModes = Object.values(Mode).reduce((bits, bit) => bits | bit, 0);

/** What a client gets that asks for no mode in particular. */
export const defaultModes =
  Mode.Presence | Mode.Publish | Mode.Subscribe | Mode.PresenceSubscribe | Mode.AnnotationPublish;

const modesByName: Readonly<Record<string, number>> = {
  presence: Mode.Presence,
  publish: Mode.Publish,
  subscribe: Mode.Subscribe,
  presence_subscribe: Mode.PresenceSubscribe,
  annotation_publish: Mode.AnnotationPublish,
  annotation_subscribe: Mode.AnnotationSubscribe,
  object_subscribe: Mode.ObjectSubscribe,
  object_publish: Mode.ObjectPublish,
};

/** Reads `params.modes`, a comma-separated list in either case; names nobody knows are ignored. */
export function modesFromNames(names: string): number {
  return names.split(',').reduce((bits, name) => bits | (modesByName[name.trim().toLowerCase()] ?? 0), 0);
}
