/** One thing that happened on a channel, ready for everybody who is attached. */
import {Action} from '../protocol/actions.ts';
import {type OutboundFrame} from '../protocol/frames.ts';
import {type Message} from '../protocol/messages.ts';

/** Frames are shared by all receivers, which lets the socket layer encode each only once. */
export interface MessageDelivery {
  /** Who published, for `echo=false`. */
  connectionId?: string;
  /** What someone gets who has never had the message: for an append, all of it. */
  whole: OutboundFrame;
  /** For an append: what is new, for those who have had the rest. */
  delta?: OutboundFrame;
  /** The message an append, update or delete is about. */
  target?: Message;
}

/** A MESSAGE frame; ids, names and times are in the messages themselves. */
export function messageFrame(channel: string, channelSerial: string, messages: readonly Message[]): OutboundFrame {
  return {action: Action.Message, channel, channelSerial, messages};
}
