import type { QueryPlanFieldNode, QueryPlanInlineFragmentNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type DataObject, isDataObject, isInherited, mergeData, ownValue, setOwn } from './merge-data.js';
import type { TypeConditions } from './type-conditions.js';

/** Takes from an object what a subgraph needs to know it by; null when something of it is not there. */
export type Represent = (entity: DataObject) => DataObject | null;

type Part = (entity: DataObject, into: DataObject) => boolean;

/** Prepares what a fetch requires of each entity. */
export function prepareRepresentation(
  selections: readonly QueryPlanSelectionNode[],
  conditions: TypeConditions,
): Represent {
  const [only, ...others] = selections;
  if (only?.kind === 'InlineFragment' && others.length === 0) return prepareFragment(only, conditions);
  const parts = selections.map((selection) => partOf(selection, conditions));
  return (entity) => {
    const representation: DataObject = {};
    for (const part of parts) if (!part(entity, representation)) return null;
    return representation;
  };
}

/** Names a representation; equal ones have the same key. */
export function representationKey(representation: DataObject): string {
  let key = '';
  for (const name of Object.keys(representation)) {
    const value = representation[name];
    // The length tells where a text ends, whatever is in it.
    if (typeof value === 'string') key += `${name}"${value.length}"${value}`;
    else if (typeof value === 'object') return JSON.stringify(representation);
    else key += `${name}:${value};`;
  }
  return key;
}

/** What a fragment takes from entities of its type; nothing of others, or where something is not there. */
function prepareFragment(
  { typeCondition, selections }: QueryPlanInlineFragmentNode,
  conditions: TypeConditions,
): Represent {
  // The planner always says of which type it speaks.
  if (typeCondition === undefined) return () => ({});
  const types = conditions.typesOf(typeCondition);
  const represent = prepareRepresentation(selections, conditions);
  return (entity) => {
    const typename = ownValue(entity, '__typename');
    return (typeof typename === 'string' && types.has(typename) && represent(entity)) || {};
  };
}

function partOf(selection: QueryPlanSelectionNode, conditions: TypeConditions): Part {
  if (selection.kind === 'Field') return fieldPart(selection, conditions);
  const represent = prepareFragment(selection, conditions);
  return (entity, into) => {
    const found = represent(entity);
    if (found) mergeData(into, found);
    return true;
  };
}

function fieldPart({ alias, name, selections }: QueryPlanFieldNode, conditions: TypeConditions): Part {
  const responseName = alias ?? name;
  const represent = selections && prepareRepresentation(selections, conditions);
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    return represent && isDataObject(value) ? represent(value) : value;
  };
  const isPlain = !isInherited(responseName);
  return (entity, into) => {
    const value = isPlain ? entity[responseName] : ownValue(entity, responseName);
    if (value === undefined) return false;
    if (isPlain && !represent) into[responseName] = value;
    else setOwn(into, responseName, represent ? copy(value) : value);
    return true;
  };
}
