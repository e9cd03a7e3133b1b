import { z } from 'zod';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import type { Call } from '../resources/resource.js';
import type { Kind, Tables } from '../store/tables.js';
import { integer, type Range, range } from './input.js';

/** Parameters that every list takes. */
export const page = {
  limit: integer
    .refine((value) => value >= 1, { error: 'This value must be greater than or equal to 1.' })
    .refine((value) => value <= 100, { error: 'This value must be less than or equal to 100.' })
    .default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
};

/** Parameters of a list that can be narrowed to a time. */
export const pageInTime = { ...page, created: range.optional() };

interface Page {
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: Range | undefined;
}

/** A page of a kind's objects, the newest first. @throws StripeError for a cursor that is none */
export function list<K extends Kind>(
  { tx, url }: Pick<Call, 'tx' | 'url'>,
  kind: K,
  input: Page,
  holds: (object: Tables[K]) => boolean = () => true,
) {
  const { starting_after: after, ending_before: before, limit, created } = input;
  if (after !== undefined && before !== undefined) {
    throw new StripeError(
      400,
      'invalid_request_error',
      'You may only specify one of these parameters: ending_before, starting_after.',
    );
  }
  const step = before === undefined ? -1 : 1;
  const cursor = before ?? after;
  let from = tx.count(kind) - 1;
  if (cursor !== undefined) {
    const place = tx.indexOf(kind, cursor);
    if (place === undefined) throw noSuch(kind, cursor, before === undefined ? 'starting_after' : 'ending_before');
    from = place + step;
  }
  const found: Tables[K][] = [];
  for (const object of tx.walk(kind, from, step)) {
    if (!isWithin(created, object) || !holds(object)) continue;
    found.push(object);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return { object: 'list', data: step === 1 ? data.reverse() : data, has_more: found.length > limit, url };
}

/** A list within another object, such as a charge's refunds. */
export function listOf<Item>(data: Item[], url: string) {
  return { object: 'list' as const, data, has_more: false, url };
}

/** Whether a moment is within bounds. */
export function isInRange(bounds: Range | undefined, moment: number | null): boolean {
  if (!bounds) return true;
  if (moment === null) return false;
  const { gt = Number.NEGATIVE_INFINITY, gte = gt, lt = Number.POSITIVE_INFINITY, lte = lt } = bounds;
  return moment > gt && moment >= gte && moment < lt && moment <= lte;
}

function isWithin(bounds: Range | undefined, object: object): boolean {
  return !bounds || isInRange(bounds, 'created' in object ? Number(object.created) : null);
}
