import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';

/** Far more modules and lessons than anybody looks at. */
const MOST_PER_REQUEST = 20_000;

const handedOut = new WeakMap<RequestContext, number>();

/**
 * Gives items of outlines, as long as a request has not had very many. A lesson leads to its version and that to its lessons: a
 * short query could ask for them again and again, each time for all of each, and nothing else would stop it.
 *
 * @throws BAD_USER_INPUT when it is too much
 */
export function handOut<Item>(context: RequestContext, items: Item[]): Item[] {
  const total = (handedOut.get(context) ?? 0) + items.length;
  if (total > MOST_PER_REQUEST) {
    throw badUserInput(`A request gets at most ${MOST_PER_REQUEST} modules and lessons; ask for less at once`);
  }
  handedOut.set(context, total);
  return items;
}
