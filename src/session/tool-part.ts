import type {MessagePart, ToolPart} from './message.ts';

/** The name of the tool that a part calls. */
export function toolNameOf({type, toolName}: ToolPart): string {
  return type === 'dynamic-tool' ? (toolName ?? '') : type.slice('tool-'.length);
}

export function isToolPart(part: MessagePart): part is ToolPart {
  return 'toolCallId' in part && (part.type === 'dynamic-tool' || part.type.startsWith('tool-'));
}
