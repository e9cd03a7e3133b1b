import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { type IdempotentCall, isRepeated, type OnceOnly, once } from '@tutorgraph/kit/idempotency/idempotency';
import { lockCalendars } from '../calendars/calendar.repository.js';
import { refusing } from '../constraints.js';
import { checkSlot, type TimeSpan } from '../schedules/slot-finder.js';
import type { BookingErrorCode } from './booking.payloads.js';
import { expireDue } from './booking-expiry.js';
import { busySpans, type ScoutedTutor, scoutTutor } from './booking-times.repository.js';
import type { SlotAlternatives, SlotLoser } from './slot-alternatives.js';
import { Turnstile } from './turnstile.js';

/** What somebody wants of two calendars: one span or several, all of them or none. */
export interface SlotsWanted {
  tutorId: string;
  studentId: string;
  spans: readonly TimeSpan[];
  /** In which the local times of alternatives are told. */
  timeZone: string;
  /** The booking that moves there; without it a new one is to be made. */
  movedId?: string;
  /** Does it only matter that neither has another lesson then, whatever the tutor's schedule says? */
  isFreedomEnough?: boolean;
}

/** What to do with the slots once they are sure, and how to find it again. */
export interface Taking<Result, Reference extends Record<string, unknown>> {
  work(tx: EntityManager, now: Date): Promise<Result>;
  reference: OnceOnly<Result, Reference>['reference'];
  recall(tx: EntityManager, reference: Reference): Promise<Result>;
}

const LAST_LINE = new Set(['bookings_tutor_free', 'bookings_student_free']);

/** Spans that cannot be had, by their index and in its order. */
type Conflicts = ReadonlyMap<number, BookingErrorCode>;

/** Carries out of the transaction, which it rolls back, what cannot be had: alternatives are found after that. */
class SlotsRefused extends Error {
  constructor(readonly conflicts: Conflicts) {
    super('Slots are refused');
  }
}

/** So many at a time look for slots of one tutor, in one process. */
const MOST_AT_ONCE = 4;

/** Takes slots for bookings. */
export class SlotDesk {
  /** A rush for one tutor waits here: of the database's few connections it takes some, not all. */
  private readonly turnstile = new Turnstile(MOST_AT_ONCE);

  constructor(private readonly alternatives: SlotAlternatives) {}

  /**
   * Takes slots: after a look without locks, in one transaction the client's key, the calendars of both people, what has
   * outlived its time, the rules of the tutor's schedule, and the work.
   *
   * @throws Refusal NOT_FOUND, OWN_PROFILE, TUTOR_HIDDEN, TRIAL_TAKEN; for one span SLOT_TAKEN, OUTSIDE_AVAILABILITY,
   * TOO_SOON, TOO_FAR or LIMIT_REACHED with `alternatives`; for several SERIES_CONFLICTS with `conflicts`
   */
  async take<Result, Reference extends Record<string, unknown>>(
    context: RequestContext,
    call: IdempotentCall,
    wanted: SlotsWanted,
    taking: Taking<Result, Reference>,
  ): Promise<Result> {
    let loser = { isEngaged: true, hasCalendars: true };
    try {
      return await this.turnstile.pass(wanted.tutorId, async () => {
        const tutor = await scout(context.em, wanted);
        loser = { isEngaged: tutor.isStudentEngaged, hasCalendars: tutor.hasStudentCalendars };
        await refuseEarly(context.em, call, tutor);
        return refusing<BookingErrorCode, Result>({ bookings_trial_once_per_tutor: 'TRIAL_TAKEN' }, () =>
          transaction(context.em, (tx) => takeIn(tx, call, wanted, tutor, taking)),
        );
      });
    } catch (error) {
      throw (await this.asRefusal(context, { ...wanted, ...loser }, error)) ?? error;
    }
  }

  private async asRefusal(
    context: RequestContext,
    wanted: SlotsWanted & SlotLoser,
    error: unknown,
  ): Promise<Refusal | null> {
    const refused = error instanceof SlotsRefused ? error.conflicts : overrun(wanted, error);
    if (!refused) return null;
    const lost = wanted.spans.filter((_, index) => refused.has(index));
    const found = await this.alternatives.find(context.em, wanted, lost);
    const conflicts = [...refused.values()].map((reason, index) => {
      return { startsAt: lost[index]?.startsAt, reason, alternatives: found[index] ?? [] };
    });
    if (wanted.spans.length > 1) return new Refusal([{ code: 'SERIES_CONFLICTS', details: { conflicts } }]);
    return new Refusal(conflicts.map(({ reason, alternatives }) => ({ code: reason, details: { alternatives } })));
  }
}

/** Looks who it is and whether there is hope, without waiting for anybody. */
async function scout(em: EntityManager, wanted: SlotsWanted): Promise<ScoutedTutor> {
  const { studentId, spans, movedId } = wanted;
  const tutor = await scoutTutor(em, wanted, spans, { now: new Date(), ignoreId: movedId });
  if (!tutor || (tutor.isHidden && !tutor.isKnown && !movedId)) {
    throw new Refusal<BookingErrorCode>('NOT_FOUND', ['input', 'slot', 'tutorId']);
  }
  if (tutor.isHidden && !movedId) throw new Refusal<BookingErrorCode>('TUTOR_HIDDEN', ['input', 'slot', 'tutorId']);
  if (tutor.userId === studentId) throw new Refusal<BookingErrorCode>('OWN_PROFILE', ['input', 'slot', 'tutorId']);
  return tutor;
}

/** Refuses what is taken for sure; but a first request with the same key may have taken it itself. */
async function refuseEarly(em: EntityManager, call: IdempotentCall, { taken }: ScoutedTutor): Promise<void> {
  if (taken.length > 0 && !(await isRepeated(em, call))) refuse(taken);
}

function takeIn<Result, Reference extends Record<string, unknown>>(
  tx: EntityManager,
  call: IdempotentCall,
  wanted: SlotsWanted,
  tutor: ScoutedTutor,
  { work, reference, recall }: Taking<Result, Reference>,
): Promise<Result> {
  return once<Result, Reference>(tx, call, {
    reference,
    recall: (known) => recall(tx, known),
    work: async () => {
      const now = await secure(tx, tutor, wanted);
      const result = await work(tx, now);
      await tx.flush();
      return result;
    },
  });
}

/** Locks both calendars and makes sure that all spans can be had. @returns the moment at which they can */
async function secure(tx: EntityManager, tutor: ScoutedTutor, wanted: SlotsWanted): Promise<Date> {
  const { tutorId, studentId, spans, movedId, isFreedomEnough } = wanted;
  const people = [tutor.userId, studentId];
  await lockCalendars(tx, people);
  const now = new Date();
  refuse(await busySpans(tx, people, spans, { now, ignoreId: movedId }));
  await expireDue(tx, people, now);
  if (isFreedomEnough) return now;
  const ignoreBookingIds = movedId ? [movedId] : [];
  const conflicts = new Map<number, BookingErrorCode>();
  for (const [index, span] of spans.entries()) {
    const verdict = await checkSlot(tx, { tutorId, studentId, ...span, now, ignoreBookingIds });
    if (verdict !== 'FREE') conflicts.set(index, verdict === 'TAKEN' ? 'SLOT_TAKEN' : verdict);
  }
  if (conflicts.size > 0) throw new SlotsRefused(conflicts);
  return now;
}

function refuse(taken: Iterable<number>): void {
  const conflicts = new Map([...taken].map((index) => [index, 'SLOT_TAKEN' as const]));
  if (conflicts.size > 0) throw new SlotsRefused(conflicts);
}

/** What the exclusion constraints refused because something wrote without locking the calendars; they name no span. */
function overrun({ spans }: SlotsWanted, error: unknown): Conflicts | null {
  if (!LAST_LINE.has(violatedConstraint(error))) return null;
  return new Map([...spans.keys()].map((index) => [index, 'SLOT_TAKEN']));
}
