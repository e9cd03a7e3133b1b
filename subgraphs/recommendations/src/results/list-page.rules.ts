import { type Connection, DEFAULT_PER_PAGE, MOST_PER_PAGE } from '@tutorgraph/kit/graphql/connection';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { z } from 'zod';

/** Where somebody stands in a list: which list, at which place (from 0), at whom. */
interface ListPlace {
  list: string;
  place: number;
  tutorId: string;
}

/** An item with its place in the whole list, from 0. */
export interface Placed<Item> {
  item: Item;
  place: number;
}

const keys = z.tuple([z.string().max(100), z.int().min(0).max(10_000), z.string().max(100)]);

/** The place that a page begins after or ends before; undefined for the ends of the list. @throws BAD_USER_INPUT */
export function placeOf({ first, after, last, before }: PageRequest): ListPlace | undefined {
  const isGiven = (value: unknown): boolean => value !== null && value !== undefined;
  if (isGiven(first) && isGiven(last)) throw badUserInput('Give either first or last, not both');
  if (isGiven(last) ? isGiven(after) : isGiven(before))
    throw badUserInput('Use after with first, and before with last');
  const size = last ?? first ?? DEFAULT_PER_PAGE;
  if (size < 0 || size > MOST_PER_PAGE) throw badUserInput(`A page has between 0 and ${MOST_PER_PAGE} items`);
  const cursor = after ?? before;
  return isGiven(cursor) ? readCursor(String(cursor)) : undefined;
}

/**
 * A page of a list that is there as a whole. In another list than the one in which the cursor was given, it goes on at the
 * same tutor, or, when they are not on it, at the same place.
 *
 * @param items those who may be shown; places may be missing
 */
export function pageOfList<Item extends { tutorId: string }>(
  list: string,
  items: readonly Placed<Item>[],
  request: PageRequest,
): Connection<Placed<Item>> {
  const bound = placeOf(request);
  const isBackwards = request.last !== null && request.last !== undefined;
  const size = request.last ?? request.first ?? DEFAULT_PER_PAGE;
  const place = bound && (items.find(({ item }) => item.tutorId === bound.tutorId)?.place ?? bound.place);
  const from = isBackwards || place === undefined ? 0 : items.filter((one) => one.place <= place).length;
  const to = isBackwards && place !== undefined ? items.filter((one) => one.place < place).length : items.length;
  const start = isBackwards ? Math.max(from, to - size) : from;
  const end = isBackwards ? to : Math.min(to, from + size);
  const edges = items.slice(start, end).map((node) => ({ node, cursor: toCursor(list, node) }));
  return {
    edges,
    totalCount: async () => items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function toCursor(list: string, { place, item }: Placed<{ tutorId: string }>): string {
  return Buffer.from(JSON.stringify([list, place, item.tutorId])).toString('base64url');
}

function readCursor(cursor: string): ListPlace {
  try {
    const [list, place, tutorId] = keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { list, place, tutorId };
  } catch (cause) {
    throw badUserInput('The cursor is not one that this list gave; start without it', cause);
  }
}
