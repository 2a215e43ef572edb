// What plays and makes recordings, in one file of its own: it is loaded on first use.
export {loadRecording} from './load.ts';
export {pacedRecording} from './paced.ts';
export {Recorder} from './recorder.ts';
export {readRecording, type RecordedEvent, type Recording} from './recording.ts';
export {ReplaySession, type ReplayOptions} from './replay-session.ts';
export {scrubRecording} from './scrub.ts';
