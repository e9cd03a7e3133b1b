import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { Random } from '@tutorgraph/kit/demo/random';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MarketApplication,
  MarketBooking,
  MarketOffer,
  MarketOrder,
  MarketReview,
  MarketTutor,
} from '../src/market/market.entity.js';
import type { MarketChange } from '../src/market/market-change.js';
import { MarketRefresh } from '../src/market/market-refresh.js';
import { type PopularityEvent, popularityOf } from '../src/market/popularity.rules.js';
import { countAnew } from '../src/market/statistics.repository.js';
import { addTutor, roomEm } from './scene.js';

const NOW = new Date('2026-11-21T09:00:00Z');
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const SUBJECTS = [newId(), newId()];
const random = new Random('statistics', 7);

let graph: TestGraph;
let tutorIds: string[];
beforeAll(async () => {
  graph = await startTestGraph(['recommendations']);
  const em = roomEm(graph);
  tutorIds = [];
  for (let made = 0; made < 8; made++) tutorIds.push(await addTutor(em, { subjectId: SUBJECTS[0] ?? '' }));
  await fill();
});
afterAll(() => graph?.close());

/** A year and a half of a market in which anything may be: nothing at all for the first tutor. */
async function fill(): Promise<void> {
  const em = roomEm(graph);
  const students = Array.from({ length: 6 }, newId);
  for (const tutorId of tutorIds.slice(1)) {
    for (let made = random.integer(0, 12); made > 0; made--) {
      const createdAt = ago(random.integer(1, 500));
      const orderId = newId();
      const subjectId = random.pick(SUBJECTS);
      const status = random.pick(['PENDING', 'CHOSEN', 'DECLINED', 'WITHDRAWN', 'NOT_CHOSEN'] as const);
      const order = {
        id: orderId,
        studentId: random.pick(students),
        subjectId,
        level: 'EXAM',
        format: 'ONLINE',
      } as const;
      if (random.chance(0.9)) {
        await em.insert(MarketOrder, { ...order, title: 'T', languages: [], status: 'OPEN', createdAt });
      }
      const appliedAt = new Date(createdAt.getTime() + random.integer(1, 3000) * 60_000);
      const decidedAt = status === 'PENDING' ? null : new Date(appliedAt.getTime() + DAY);
      await em.insert(MarketApplication, {
        id: newId(),
        orderId,
        tutorId,
        status,
        rateMinor: 1,
        createdAt: appliedAt,
        decidedAt,
      });
    }
    for (let made = random.integer(0, 20); made > 0; made--) {
      const status = random.pick([
        'COMPLETED',
        'COMPLETED',
        'CONFIRMED',
        'CANCELLED',
        'PENDING_PAYMENT',
        'NO_SHOW',
        'UNSCHEDULED',
      ]);
      const startsAt = status === 'CONFIRMED' ? ago(-random.integer(-5, 30)) : ago(random.integer(0, 500));
      await em.insert(MarketBooking, {
        ...{ id: newId(), tutorId, subjectId: random.pick(SUBJECTS), orderId: null, status, startsAt },
        ...{ studentId: random.chance(0.1) ? null : random.pick(students), createdAt: ago(501) },
        completedAt: status === 'COMPLETED' ? startsAt : null,
        letDown: ['CANCELLED', 'NO_SHOW'].includes(status) && random.chance(0.5),
      });
    }
    for (let made = random.integer(0, 6); made > 0; made--) {
      const rating = random.integer(1, 5);
      const review = { id: newId(), tutorId, subjectId: random.pick(SUBJECTS), authorId: random.pick(students) };
      await em.insert(MarketReview, { ...review, rating, createdAt: ago(random.integer(0, 500)) });
    }
  }
}

/** The same figures, counted the long way. */
async function counted(tutor: MarketTutor) {
  const em = roomEm(graph);
  const [applications, bookings, reviews] = await Promise.all([
    em.find(MarketApplication, { tutorId: tutor.id }),
    em.find(MarketBooking, { tutorId: tutor.id }),
    em.find(MarketReview, { tutorId: tutor.id }),
  ]);
  const orders = new Map((await em.find(MarketOrder, {})).map((order) => [order.id, order]));
  const ofYear = applications.filter(({ createdAt }) => createdAt > ago(365));
  const answers = ofYear.flatMap(({ orderId, createdAt }) => {
    const order = orders.get(orderId);
    return order ? [(createdAt.getTime() - order.createdAt.getTime()) / 60_000] : [];
  });
  const done = bookings.filter(({ status }) => status === 'COMPLETED');
  const lessonsOf = Map.groupBy(
    done.filter(({ studentId }) => studentId),
    ({ studentId }) => studentId,
  );
  const moments = [tutor.createdAt, tutor.changedAt]
    .concat(ofYear.map(({ createdAt }) => createdAt))
    .concat(done.flatMap(({ completedAt }) => completedAt ?? []));
  return {
    reviewCount: reviews.length,
    rating: mean(reviews.map(({ rating }) => rating)),
    applicationCount: ofYear.length,
    chosenCount: ofYear.filter(({ status }) => status === 'CHOSEN').length,
    responseMinutes: median(answers),
    studentCount: lessonsOf.size,
    returningCount: [...lessonsOf.values()].filter(({ length }) => length > 1).length,
    lessonCount: done.length,
    bookingCount: bookings.filter(({ status }) => status !== 'PENDING_PAYMENT').length,
    letDownCount: bookings.filter(({ letDown }) => letDown).length,
    recentLessons: done.filter(({ completedAt }) => completedAt && completedAt > ago(90)).length,
    upcomingLessons: bookings.filter(
      ({ status, startsAt }) => status === 'CONFIRMED' && startsAt && startsAt >= NOW && startsAt < ago(-14),
    ).length,
    lastActiveAt: new Date(Math.max(...moments.map((moment) => moment.getTime()))),
    popularity: popularityOf([
      ...done.flatMap(({ subjectId, completedAt: at }): PopularityEvent[] =>
        subjectId === SUBJECTS[0] && at ? [{ kind: 'LESSON', at }] : [],
      ),
      ...applications.flatMap(({ status, orderId, decidedAt: at }): PopularityEvent[] =>
        status === 'CHOSEN' && at && orders.get(orderId)?.subjectId === SUBJECTS[0] ? [{ kind: 'CHOSEN', at }] : [],
      ),
      ...reviews.flatMap(({ subjectId, rating, createdAt: at }): PopularityEvent[] => {
        if (subjectId !== SUBJECTS[0] || rating < 4) return [];
        return [{ kind: rating === 5 ? 'FIVE_STARS' : 'FOUR_STARS', at }];
      }),
    ]),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return mean(sorted.length === 0 ? [] : [sorted[Math.floor(middle)] ?? 0, sorted[Math.ceil(middle)] ?? 0]);
}

describe('figures of tutors', () => {
  it('are what counting them one by one gives', async () => {
    const em = roomEm(graph);
    const changed = await transaction(em, (tx) => countAnew(tx, tutorIds, NOW));
    expect(changed.length).toBeGreaterThan(5);
    for (const tutor of await em.fork().find(MarketTutor, { id: { $in: tutorIds } })) {
      const { popularity, rating, responseMinutes, ...exact } = await counted(tutor);
      expect(tutor).toMatchObject(exact);
      expect(tutor.rating ?? null).toEqual(rating === null ? null : expect.closeTo(rating, 4));
      expect(tutor.responseMinutes ?? null).toEqual(
        responseMinutes === null ? null : expect.closeTo(responseMinutes, 1),
      );
      const offer = await em.fork().findOneOrFail(MarketOffer, { tutorId: tutor.id });
      expect(offer.popularity).toBeCloseTo(popularity, 3);
    }
  });

  it('that are the same as before are not written again', async () => {
    const em = roomEm(graph);
    await transaction(em, (tx) => countAnew(tx, tutorIds, NOW));
    expect(await transaction(em, (tx) => countAnew(tx, tutorIds, NOW))).toEqual([]);
    expect(await transaction(em, (tx) => countAnew(tx, [newId()], NOW))).toEqual([]);
  });
});

describe('what changes with time alone', () => {
  it('is brought up to date every night: lessons of the last and next days, and hours when clocks change', async () => {
    const em = roomEm(graph);
    const [summer, winter] = [new Date('2026-07-15T02:00:00Z'), new Date('2026-12-15T02:00:00Z')];
    const id = await addTutor(em, { subjectId: SUBJECTS[0] ?? '' });
    const schedule = { timeZone: 'Europe/Berlin', windows: [{ weekday: 1, startsAtMinute: 600, endsAtMinute: 660 }] };
    await em.fork().nativeUpdate(MarketTutor, { id }, { schedule });
    const orderId = newId();
    const order = { id: orderId, studentId: newId(), subjectId: newId(), level: 'EXAM', format: 'ONLINE' } as const;
    const times = { preferredTimes: 'Mon 10:00-11:00', timeZone: 'Europe/Berlin' };
    await em
      .fork()
      .insert(MarketOrder, { ...order, ...times, title: 'T', languages: [], status: 'OPEN', createdAt: NOW });

    const told: MarketChange[] = [];
    const refresh = new MarketRefresh(em, [async (_tx, change) => void told.push(change)]);
    const { signal } = new AbortController();
    for (const [at, first] of [
      [summer, 8],
      [winter, 9],
    ] as const) {
      told.length = 0;
      await refresh.run(signal, at);
      const hours = '1'.padStart(first + 1, '0').padEnd(168, '0');
      expect(await em.fork().findOne(MarketTutor, { id })).toMatchObject({ hours });
      expect(await em.fork().findOne(MarketOffer, { tutorId: id })).toMatchObject({ hours });
      expect(await em.fork().findOne(MarketOrder, { id: orderId })).toMatchObject({ hours });
      expect(told.flatMap((change) => change.tutorIds)).toContain(id);
      expect(told.flatMap((change) => change.orderIds)).toEqual([orderId]);
    }
    told.length = 0;
    await refresh.run(signal, winter);
    expect(told).toEqual([]);
    const [tutor] = await em.fork().find(MarketTutor, { recentLessons: { $gt: 0 } });
    expect(tutor).toBeDefined();
  });
});
