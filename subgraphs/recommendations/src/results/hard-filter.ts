import { type RawBuilder, sql } from 'kysely';
import { citiesNear } from '../market/cities.js';
import type { Wish } from '../ranking/wish.js';

/** What is given up, one after the other, when too few tutors fulfil all that was asked. */
export const relaxations = ['HOURS', 'LANGUAGE', 'PRICE', 'PLACE', 'LEVEL'] as const;
/** @see relaxations */
export type Relaxation = (typeof relaxations)[number];

/** A tutor may ask for so much more than the budget says: people give round numbers. */
const PRICE_TOLERANCE = 0.15;
/** So many of the wanted hours are enough for lessons; fewer when fewer are wanted. */
const ENOUGH_HOURS = 2;
/** Lessons in person may be in a city so near. */
export const NEAR_KM = 40;

type Condition = RawBuilder<boolean>;

/**
 * Whom a wish can be answered with, as a condition over alias `o` = recommendations.offers: the subject, what can be
 * given up (see {@link relaxations}), and what never is: hidden tutors, the student's own profile, and tutors with whom
 * this order has come to nothing.
 *
 * @param relaxed what is not asked any more
 */
export function hardFilter(wish: Wish, relaxed: readonly Relaxation[] = []): Condition {
  const asked = relaxations.filter((relaxation) => !relaxed.includes(relaxation));
  return allOf([firmFilter(wish), ...asked.map((relaxation) => CONDITIONS[relaxation](wish))]);
}

/** What is never given up: the condition that remains when everything is relaxed. Far from each other, lessons can be online. */
export function firmFilter(wish: Wish): Condition {
  const { subjectId, studentId, orderId } = wish;
  const conditions = [
    sql<boolean>`o.subject_id = ${subjectId}::uuid and not o.hidden`,
    sql<boolean>`('ONLINE' = any (o.formats) or ${placeFilter(wish)})`,
  ];
  // Arrays, which are found once and not again for each offer.
  if (studentId) {
    conditions.push(
      sql`o.tutor_id <> all (array(select own.id from recommendations.tutors own where own.user_id = ${studentId}::uuid))`,
    );
  }
  if (orderId) {
    conditions.push(
      sql`o.tutor_id <> all (array(select gone.tutor_id from recommendations.applications gone
        where gone.order_id = ${orderId}::uuid and gone.status in ('DECLINED', 'WITHDRAWN')))`,
    );
  }
  return allOf(conditions);
}

/**
 * How much has to be given up for an offer: 0 for nothing, 1 for the first of {@link relaxations}, and so on; what comes
 * before in the list is given up with it. A condition of {@link firmFilter} stands beside it.
 */
export function stepsNeeded(wish: Wish): RawBuilder<number> {
  const steps = relaxations.map((_, index) => {
    const remaining = relaxations.slice(index);
    return sql`when ${allOf(remaining.map((relaxation) => CONDITIONS[relaxation](wish)))} then ${sql.lit(index)}`;
  });
  return sql`case ${sql.join(steps, sql` `)} else ${sql.lit(relaxations.length)} end`;
}

/** What of a wish is given up with the first so many of {@link relaxations}; what was not asked is not. */
export function givenUp(wish: Wish, steps: number): Relaxation[] {
  const isAsked: Record<Relaxation, boolean> = {
    HOURS: wish.hours !== null,
    LANGUAGE: wish.languagesAreAsked && wish.languages.length > 0,
    PRICE: wish.budgetMinor !== null,
    PLACE: wish.format === 'IN_PERSON',
    LEVEL: true,
  };
  return relaxations.slice(0, steps).filter((relaxation) => isAsked[relaxation]);
}

const CONDITIONS: Record<Relaxation, (wish: Wish) => Condition> = {
  HOURS: ({ hours }) => {
    const wanted = hours?.replaceAll('0', '').length ?? 0;
    if (wanted === 0) return sql`true`;
    const enough = sql.lit(Math.min(ENOUGH_HOURS, wanted));
    return sql`(o.hours is null or bit_count(o.hours & ${hours}::bit(168)) >= ${enough})`;
  },
  LANGUAGE: ({ languages, languagesAreAsked }) =>
    languagesAreAsked && languages.length > 0 ? sql`o.languages && ${[...languages]}::text[]` : sql`true`,
  PRICE: ({ budgetMinor, currency }) =>
    budgetMinor === null || currency === null
      ? sql`true`
      : sql`o.currency = ${currency} and o.rate_minor <= ${Math.floor(budgetMinor * (1 + PRICE_TOLERANCE))}::bigint`,
  PLACE: placeFilter,
  LEVEL: ({ level }) => sql`${level} = any (o.levels)`,
};

/** Online, or in person in the city or near it. */
function placeFilter({ format, city }: Wish): Condition {
  if (format === 'ONLINE') return sql`'ONLINE' = any (o.formats)`;
  if (city === null) return sql`'IN_PERSON' = any (o.formats)`;
  return sql`('IN_PERSON' = any (o.formats) and coalesce(o.city = any (${citiesNear(city, NEAR_KM)}::text[]), false))`;
}

function allOf(conditions: readonly Condition[]): Condition {
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
