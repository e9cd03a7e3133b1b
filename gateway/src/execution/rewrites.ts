import type { FetchNode } from '@apollo/query-planner';
import { type DataObject, isDataObject, ownValue, setOwn } from './merge-data.js';
import type { TypeConditions } from './type-conditions.js';

type FetchDataRewrite = NonNullable<FetchNode['inputRewrites']>[number];
/** Changes an object, or every object of a list, in place. */
export type Rewrite = (value: unknown) => void;

const FRAGMENT = '... on ';

/** Prepares what the planner wants changed in what goes to a subgraph or comes from it. */
export function prepareRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  conditions: TypeConditions,
): Rewrite | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  const prepared = rewrites.map((rewrite) => prepareRewrite(rewrite, conditions));
  return (value) => {
    for (const rewrite of prepared) rewrite(value);
  };
}

function prepareRewrite(rewrite: FetchDataRewrite, conditions: TypeConditions): Rewrite {
  const path = rewrite.path.slice(0, -1);
  const field = rewrite.path.at(-1);
  if (field === undefined) return () => {};
  const change = changeOf(rewrite, field);
  return path.reduceRight<Rewrite>((rest, element) => prepareStep(element, rest, conditions), eachObject(change));
}

function changeOf(rewrite: FetchDataRewrite, field: string): (object: DataObject) => void {
  if (rewrite.kind === 'ValueSetter') return (object) => setOwn(object, field, rewrite.setValueTo);
  return (object) => {
    const value = ownValue(object, field);
    if (!value) return;
    setOwn(object, rewrite.renameKeyTo, value);
    setOwn(object, field, undefined);
  };
}

function prepareStep(element: string, rest: Rewrite, conditions: TypeConditions): Rewrite {
  if (!element.startsWith(FRAGMENT)) return eachObject((object) => rest(ownValue(object, element)));
  const types = conditions.typesOf(element.slice(FRAGMENT.length));
  return eachObject((object) => {
    const typename = object['__typename'];
    // A subgraph that knows one type only does not always say which one it is.
    if (!typename || (typeof typename === 'string' && types.has(typename))) rest(object);
  });
}

function eachObject(apply: (object: DataObject) => void): Rewrite {
  const visit: Rewrite = (value) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isDataObject(value)) apply(value);
  };
  return visit;
}
