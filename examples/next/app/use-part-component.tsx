import type {PartMounter, ToolPart} from 'agent-session-elements';
import {type ComponentType, useState} from 'react';
import {createPortal} from 'react-dom';

/** Shows tool calls by a component. Render `portals` anywhere: each stands where the conversation has its place. */
export function usePartComponent(Card: ComponentType<{part: ToolPart}>) {
  const [parts, setParts] = useState<ReadonlyMap<HTMLElement, ToolPart>>(new Map());
  const [renderer] = useState<PartMounter<ToolPart>>({
    mount(place, part) {
      const update = (changed: ToolPart) => setParts((before) => new Map(before).set(place, changed));
      update(part);
      return {update, unmount: () => setParts((before) => new Map([...before].filter(([other]) => other !== place)))};
    },
  });
  return {renderer, portals: [...parts].map(([place, part]) => createPortal(<Card part={part} />, place, place.slot))};
}
