import type { EntityManager } from '@mikro-orm/postgresql';
import { type SlotType, shownSlot } from '../schedules/slot.types.js';
import { findSlots, nearestOf, nearestSlots, type TimeSpan } from '../schedules/slot-finder.js';
import { busySpans } from './booking-times.repository.js';

/** How many times somebody is offered who did not get theirs. */
const MOST_OFFERED = 5;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Spans that begin within so much time of one another share a search. */
const SHARED_MS = 6 * HOUR_MS;

/** For whom other times are sought. */
export interface SlotLoser {
  tutorId: string;
  studentId: string;
  /** In which local times are told. */
  timeZone: string;
  /** May the student have other lessons, at which no time is to be offered? */
  isEngaged: boolean;
  /** Has the student other calendars, in which something may lie? */
  hasCalendars: boolean;
  /** The booking that was to be moved; its present time is free for that. */
  movedId?: string;
}

/** Finds other times for those who did not get theirs. */
export class SlotAlternatives {
  /**
   * What is being looked for at this moment: the times of a tutor, whoever asks. Two hundred who lose slots that overlap
   * share a search; nothing is kept once it is found.
   */
  private readonly searches = new Map<string, Promise<TimeSpan[]>>();

  /**
   * For each lost span the nearest times of the same length at which both are free, up to five; call it outside a
   * transaction.
   */
  async find(em: EntityManager, loser: SlotLoser, lost: readonly TimeSpan[]): Promise<SlotType[][]> {
    const now = new Date();
    const found = loser.hasCalendars
      ? await searchAlone(em, loser, lost, now)
      : await this.search(em, loser, lost, now);
    return found.map((spans) => spans.map((span) => shownSlot(span, loser.timeZone)));
  }

  private async search(
    em: EntityManager,
    loser: SlotLoser,
    lost: readonly TimeSpan[],
    now: Date,
  ): Promise<TimeSpan[][]> {
    const near = await Promise.all(lost.map((span) => this.near(em, loser, span, now)));
    return loser.isEngaged ? withoutOwn(em, loser, lost, near, now) : near;
  }

  private near(em: EntityManager, loser: SlotLoser, span: TimeSpan, now: Date): Promise<TimeSpan[]> {
    return this.shared([loser, span.startsAt.getTime(), lengthOf(span)], async () => {
      const around = await this.around(em, loser, span, now);
      const wanted = span.startsAt.getTime();
      const close = around.filter(({ startsAt }) => Math.abs(startsAt.getTime() - wanted) <= DAY_MS);
      if (close.length < MOST_OFFERED) return searchNear(em.fork(), loser, span, now);
      return nearestOf(close, span.startsAt, MOST_OFFERED);
    });
  }

  /** All times of the same length within a day of this span and of those that begin about when it does. */
  private around(em: EntityManager, loser: SlotLoser, span: TimeSpan, now: Date): Promise<TimeSpan[]> {
    const first = Math.floor(span.startsAt.getTime() / SHARED_MS) * SHARED_MS;
    return this.shared([loser, 'around', first, lengthOf(span)], async () => {
      const { tutorId, movedId } = loser;
      // With an EntityManager of its own: the request that began it may end before others that share it.
      const { slots } = await findSlots(em.fork(), {
        tutorId,
        from: new Date(first - DAY_MS),
        to: new Date(first + SHARED_MS + DAY_MS),
        durationMinutes: lengthOf(span),
        now,
        ignoreBookingIds: movedId ? [movedId] : [],
      });
      return slots;
    });
  }

  private shared(
    [{ tutorId, movedId }, ...what]: [SlotLoser, ...(string | number)[]],
    search: () => Promise<TimeSpan[]>,
  ): Promise<TimeSpan[]> {
    const key = [tutorId, movedId, ...what].join(' ');
    const known = this.searches.get(key) ?? search().finally(() => this.searches.delete(key));
    this.searches.set(key, known);
    return known;
  }
}

/** In minutes. */
function lengthOf({ startsAt, endsAt }: TimeSpan): number {
  return (endsAt.getTime() - startsAt.getTime()) / 60_000;
}

/** What calendars hold is seen by a search for that student alone. */
async function searchAlone(
  em: EntityManager,
  loser: SlotLoser,
  lost: readonly TimeSpan[],
  now: Date,
): Promise<TimeSpan[][]> {
  const found: TimeSpan[][] = [];
  for (const span of lost) found.push(await searchNear(em, loser, span, now, loser.studentId));
  return found;
}

/** Seeks anew where the student is busy at one of the times that were found. */
async function withoutOwn(
  em: EntityManager,
  loser: SlotLoser,
  lost: readonly TimeSpan[],
  near: readonly TimeSpan[][],
  now: Date,
): Promise<TimeSpan[][]> {
  const all = near.flat();
  const busy = await busySpans(em, [loser.studentId], all, { now, ignoreId: loser.movedId });
  const isBusy = new Set(all.filter((_, index) => busy.has(index)));
  const found: TimeSpan[][] = [];
  for (const [index, span] of lost.entries()) {
    const spans = near[index] ?? [];
    const collides = spans.some((one) => isBusy.has(one));
    found.push(collides ? await searchNear(em, loser, span, now, loser.studentId) : spans);
  }
  return found;
}

function searchNear(
  em: EntityManager,
  { tutorId, movedId }: SlotLoser,
  span: TimeSpan,
  now: Date,
  studentId?: string,
): Promise<TimeSpan[]> {
  const ignoreBookingIds = movedId ? [movedId] : [];
  return nearestSlots(em, { tutorId, studentId, ...span, now, ignoreBookingIds }, MOST_OFFERED);
}
