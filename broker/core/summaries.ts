/** Folds a message's annotations into its summary, by the method that the annotation type names (TM7, TAN). */
import {AnnotationAction} from '../protocol/actions.ts';
import {type Annotation} from '../protocol/annotations.ts';
import {AblyError, Code} from '../protocol/errors.ts';

interface ClientIdList {
  total: number;
  clientIds: string[];
  clipped: boolean;
}

interface ClientIdCounts {
  total: number;
  clientIds: Record<string, number>;
  totalUnidentified: number;
  totalClientIds: number;
  clipped: boolean;
}

const methods = ['total.v1', 'flag.v1', 'distinct.v1', 'unique.v1', 'multiple.v1'] as const;
type Method = (typeof methods)[number];

/** The summary method of a type such as `reaction:distinct.v1`. */
export function methodOf(type: string): Method {
  const name = type.slice(type.indexOf(':') + 1);
  const method = methods.find((known) => known === name);
  if (!method) throw new AblyError(Code.InvalidParameter, `Invalid annotation type '${type}': expected a namespace, a colon and one of ${methods.join(', ')}`);
  return method;
}

function clientIdList(clientIds: Iterable<string>): ClientIdList {
  const list = [...new Set(clientIds)];
  return {total: list.length, clientIds: list, clipped: false};
}

/** What stands after all annotations: of one client and name the last word counts. */
function standing(annotations: readonly Annotation[], keyOf: (annotation: Annotation) => string): Annotation[] {
  const last = new Map<string, Annotation>();
  for (const annotation of annotations) {
    last.delete(keyOf(annotation));
    if (annotation.action === AnnotationAction.Create) last.set(keyOf(annotation), annotation);
  }
  return [...last.values()];
}

function byName(annotations: readonly Annotation[]): Map<string, Annotation[]> {
  return Map.groupBy(annotations, ({name}) => name ?? '');
}

function counts(annotations: readonly Annotation[]): ClientIdCounts {
  const clientIds: Record<string, number> = {};
  let totalUnidentified = 0;
  for (const {action, clientId, count = 1} of annotations) {
    if (clientId === undefined) totalUnidentified += action === AnnotationAction.Create ? count : 0;
    else if (action === AnnotationAction.Create) clientIds[clientId] = (clientIds[clientId] ?? 0) + count;
    else clientIds[clientId] = 0;
  }
  const identified = Object.entries(clientIds).filter(([, count]) => count > 0);
  return {
    total: totalUnidentified + identified.reduce((sum, [, count]) => sum + count, 0),
    clientIds: Object.fromEntries(identified),
    totalUnidentified,
    totalClientIds: identified.length,
    clipped: false,
  };
}

/** The summary of one type, from all annotations of that type in order. */
export function summarise(type: string, annotations: readonly Annotation[]): unknown {
  const client = ({clientId = ''}: Annotation): string => clientId;
  switch (methodOf(type)) {
    case 'total.v1': {
      const created = annotations.filter(({action}) => action === AnnotationAction.Create).length;
      return {total: Math.max(0, 2 * created - annotations.length)};
    }
    case 'flag.v1':
      return clientIdList(standing(annotations, client).map(client));
    case 'unique.v1':
      return listsByName(standing(annotations, client));
    case 'distinct.v1':
      return listsByName(standing(annotations, (annotation) => `${client(annotation)}\n${annotation.name ?? ''}`));
    case 'multiple.v1':
      return Object.fromEntries([...byName(annotations)].map(([name, list]) => [name, counts(list)] as const).filter(([, {total}]) => total > 0));
  }
}

function listsByName(annotations: readonly Annotation[]): Record<string, ClientIdList> {
  return Object.fromEntries([...byName(annotations)].map(([name, list]) => [name, clientIdList(list.map(({clientId = ''}) => clientId))]));
}
