import type {InvocationData} from '@ably/ai-transport';
import {z} from 'zod';
import {channelPattern} from '../channels.ts';
import {RequestError} from './respond.ts';

const invocation = z.object({
  inputEventId: z.string().min(1).max(200),
  sessionName: z.string().regex(channelPattern),
});

/**
 * Reads the body that wakes the agent. A real application also checks here that the person may talk in this session.
 * @throws {RequestError} 400 when it is not an invocation for a conversation of this demo.
 */
export function readInvocation(body: unknown): InvocationData {
  const result = invocation.safeParse(body);
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.join('.') || 'body'))].join(' and ');
  throw new RequestError(400, `Not an invocation: check ${fields}. Expected {"inputEventId": "…", "sessionName": "conversations:…"}.`);
}
