import type { ExecutionResult, GraphQLError } from 'graphql';
import type { IncrementalPart, IncrementalResult } from '../../src/execution/incremental-result.js';
import { type Shown, shown, valueAt } from './run-graph.js';

type Path = readonly (string | number)[];

/** What a client has once all parts came. */
export interface MergedParts extends Shown {
  /** Where parts came to nothing; what is selected there is not in the data. */
  lost: Path[];
  parts: readonly IncrementalPart[];
}

/** Takes all parts and puts them into the result as a client does. @throws when a part is of something that was not told */
export async function mergeParts(result: ExecutionResult | IncrementalResult): Promise<MergedParts> {
  if (!('initial' in result)) return { ...shown(result), lost: [], parts: [] };
  const parts: IncrementalPart[] = [];
  let hasNext = true;
  for await (const update of result.subsequent) {
    if (!hasNext) throw new Error('More came after the end');
    parts.push(...update.incremental);
    hasNext = update.hasNext;
  }
  if (hasNext) throw new Error('The end was not told');
  const { data, errors } = shown(result.initial);
  const all = [...errors, ...parts.flatMap((part) => (part.errors ?? []).map((error: GraphQLError) => error.toJSON()))];
  const lost: Path[] = [];
  for (const part of parts) {
    const object = valueAt(data, part.path);
    if (typeof object !== 'object' || object === null) throw new Error(`Nothing was told at ${part.path.join('.')}`);
    if (part.data === null) lost.push(part.path);
    else lost.push(...mergeInto(object, JSON.parse(JSON.stringify(part.data)), part.path));
  }
  return { data, errors: all, lost, parts };
}

/**
 * What came in parts, without what is lost: a null that may not be goes up to the part only, and at once as far as it has to.
 *
 * @throws when nothing is null at one of these paths or above in the whole
 */
export function withoutLost(merged: unknown, whole: unknown, lost: readonly Path[]): unknown {
  return lost.reduce((data, path) => {
    const depth = [...path.keys(), path.length].find((length) => valueAt(whole, path.slice(0, length)) === null);
    if (depth === undefined) throw new Error(`Only a part is null at ${path.join('.')}`);
    if (depth === 0) return null;
    const above = valueAt(data, path.slice(0, depth - 1));
    if (typeof above === 'object' && above !== null) Object.assign(above, { [path[depth - 1] ?? '']: null });
    return data;
  }, merged);
}

/** @returns the paths of what is null in one of them only, for another selection of the same field */
function mergeInto(into: object, from: object, path: Path): Path[] {
  const known = into as Record<string, unknown>;
  return Object.entries(from).flatMap(([key, value]) => {
    const here = [...path, key];
    const present = Object.hasOwn(known, key) ? known[key] : undefined;
    if (isObject(present) && isObject(value)) return mergeInto(present, value, here);
    if (!isObject(present)) known[key] = value;
    const isConflict = (present === null && isObject(value)) || isObject(present);
    return isConflict ? [here] : [];
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
