import { GraphQLError } from 'graphql';

type Path = readonly (string | number)[];

/** How far a path leads into data: to its end, to a null before, or past what is there. */
function knownLength(data: unknown, path: Path): number {
  let value = data;
  for (const [index, element] of path.entries()) {
    if (typeof value !== 'object' || value === null) return path.length;
    // What every object inherits is no field of it.
    value = Object.hasOwn(value, element) ? (value as Record<string | number, unknown>)[element] : undefined;
    if (value === undefined) return index;
  }
  return path.length;
}

/** Does a path lead to something of data? */
export function isPlaceIn(data: unknown, path: Path): boolean {
  return knownLength(data, path) === path.length;
}

/**
 * The error under a path of the result. What a plan fetches for itself only is nowhere in it: an error about that is one of the object
 * that it belongs to.
 *
 * @param at where in the result the data belongs
 */
export function placedIn(data: unknown, error: GraphQLError, at: Path = []): GraphQLError {
  const { path } = error;
  if (!path || !startsWith(path, at)) return error;
  const length = at.length + knownLength(data, path.slice(at.length));
  if (length === path.length) return error;
  const { message, originalError, extensions } = error;
  return new GraphQLError(message, { path: length > 0 ? path.slice(0, length) : null, originalError, extensions });
}

/** A value that is missing because a subgraph refused it is told of once, by the subgraph's own error. */
export function isExplained({ path = [] }: GraphQLError, refusals: readonly GraphQLError[]): boolean {
  return refusals.some((refusal) => {
    if (!refusal.path) return true;
    return refusal.path.length < path.length ? startsWith(path, refusal.path) : startsWith(refusal.path, path);
  });
}

/** Does one path lead through another's end? */
export function startsWith(path: Path, beginning: Path): boolean {
  return beginning.length <= path.length && beginning.every((element, index) => element === path[index]);
}
