import type {DataPart, FilePart, ReasoningPart, ToolPart} from '../../session/index.ts';

/** A part that is drawn by the views that are loaded apart. */
export type CardPart = ReasoningPart | FilePart | ToolPart | DataPart;

/** Data that other views than its own show. */
export const quietData: readonly string[] = ['data-approval', 'data-approval-refused', 'data-suggestions'];

export function isData(part: CardPart): part is DataPart {
  return part.type.startsWith('data-');
}
