import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import {
  type CopyRequest,
  findApplicationCopies,
  findBookingCopies,
  findOrderCopies,
  findReviewCopies,
  findTutorCopies,
} from './copy.repository.js';
import type { CopyArguments } from './copy.types.js';

const MOST = 500;

const FINDERS = {
  tutors: findTutorCopies,
  orders: findOrderCopies,
  applications: findApplicationCopies,
  bookings: findBookingCopies,
  reviews: findReviewCopies,
};
type Kind = keyof typeof FINDERS;

/** What other rooms of ours copy of the market, page by page or by ids, in the order of ids. */
export class CopyService {
  /** @throws BAD_USER_INPUT for too many at once */
  find<K extends Kind>(
    em: EntityManager,
    kind: K,
    { ids, after, first }: CopyArguments,
  ): ReturnType<(typeof FINDERS)[K]> {
    if ((ids?.length ?? 0) > MOST) throw badUserInput(`Ask for ${MOST} ids at most`);
    if (first < 1 || first > MOST) throw badUserInput(`first is 1 to ${MOST}`);
    if (after && !isId(after)) throw badUserInput('after is the id of the last one of a page');
    return FINDERS[kind](em, { ids: ids ?? null, after: after ?? null, first }) as ReturnType<(typeof FINDERS)[K]>;
  }
}

/** Everything that others copy, for a market that is small enough. */
export async function allCopies(em: EntityManager): Promise<Record<string, readonly { id: string }[]>> {
  const all: Record<string, readonly { id: string }[]> = {};
  for (const [kind, find] of Object.entries<Finder>(FINDERS)) all[kind] = await everything(em, find);
  return all;
}

type Finder = (em: EntityManager, request: CopyRequest) => Promise<{ id: string }[]>;

async function everything(em: EntityManager, find: Finder): Promise<{ id: string }[]> {
  const all: { id: string }[] = [];
  for (;;) {
    const page = await find(em, { ids: null, after: all.at(-1)?.id ?? null, first: MOST });
    all.push(...page);
    if (page.length < MOST) return all;
  }
}
