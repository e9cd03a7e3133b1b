import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Offering } from '../offerings/offering.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { StudentRate } from './student-rate.entity.js';

/** Who teaches what to whom. */
export interface RateParties {
  tutorId: string;
  studentId: string;
  subjectId: string;
}

/** What an hour costs, in minor units. */
export interface HourlyRate {
  rateMinor: number;
  currency: string;
}

/** What a student has agreed upon, locked until the transaction ends. */
export function lockRateOfStudent(tx: EntityManager, id: string, studentId: string): Promise<StudentRate | null> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  return isId(id) ? tx.findOne(StudentRate, { id, studentId }, lock) : Promise.resolve(null);
}

/** What all students of a tutor have agreed upon in a subject, in one currency; locked in the order of their ids. */
export function lockRatesOf(
  tx: EntityManager,
  { tutorId, subjectId, currency }: { tutorId: string; subjectId: string; currency: string },
): Promise<StudentRate[]> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  return tx.find(StudentRate, { tutorId, subjectId, currency }, lock);
}

/** A page of what a student or a tutor has agreed upon; first what changed last. */
export function findRates(
  em: EntityManager,
  who: { studentId: string } | { tutorId: string },
  page: PageRequest,
): Promise<Connection<StudentRate>> {
  const condition = 'studentId' in who ? sql`t.student_id = ${who.studentId}` : sql`t.tutor_id = ${who.tutorId}`;
  return keysetPage(
    em,
    {
      entity: StudentRate,
      from: sql`from marketplace.student_rates t where ${condition}`,
      order: [
        { expression: sql`t.updated_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** What each student has agreed upon with each tutor in each subject; batched. */
export const agreedRates = defineLoader<RateParties, StudentRate | null>(
  async ({ em }, parties) => {
    const tutorIds = [...new Set(parties.map(({ tutorId }) => tutorId))];
    const studentIds = [...new Set(parties.map(({ studentId }) => studentId))];
    const rates = await em.find(StudentRate, { studentId: { $in: studentIds }, tutorId: { $in: tutorIds } });
    return new Map(rates.map((rate) => [partiesKey(rate), rate]));
  },
  { keyOf: partiesKey, absent: () => null },
);

function partiesKey({ tutorId, studentId, subjectId }: RateParties): string {
  return `${tutorId} ${studentId} ${subjectId}`;
}

/**
 * What an hour costs this student: as agreed before, or what the tutor offers to everybody; null when the tutor does not
 * offer the subject and never agreed to teach it.
 */
export async function rateFor(tx: EntityManager, parties: RateParties): Promise<HourlyRate | null> {
  const agreed = await tx.findOne(StudentRate, { ...parties });
  if (agreed) return agreed;
  const { tutorId, subjectId } = parties;
  const offering = await tx.findOne(Offering, { tutorId, subjectId });
  if (!offering) return null;
  const { currency } = await tx.findOneOrFail(Tutor, { id: tutorId });
  return { rateMinor: offering.rateMinor, currency };
}

/** Keeps a rate as agreed; what was agreed before gives way, and a proposal with it. */
export async function agreeRate(tx: EntityManager, parties: RateParties, rate: HourlyRate, now: Date): Promise<void> {
  const { tutorId, studentId, subjectId } = parties;
  await sql`
    insert into marketplace.student_rates (id, tutor_id, student_id, subject_id, rate_minor, currency, created_at, updated_at)
    values (${newId()}, ${tutorId}, ${studentId}, ${subjectId}, ${rate.rateMinor}, ${rate.currency}, ${now}, ${now})
    on conflict (tutor_id, student_id, subject_id) do update
      set rate_minor = excluded.rate_minor, currency = excluded.currency, proposed_minor = null, proposed_at = null,
          updated_at = excluded.updated_at`.execute(tx.getKysely());
}

/** Keeps a rate as agreed with the first booking; what was agreed before stays, and a proposal with it. */
export async function agreeRateOnce(
  tx: EntityManager,
  parties: RateParties,
  rate: HourlyRate,
  now: Date,
): Promise<void> {
  const { tutorId, studentId, subjectId } = parties;
  await sql`
    insert into marketplace.student_rates (id, tutor_id, student_id, subject_id, rate_minor, currency, created_at, updated_at)
    values (${newId()}, ${tutorId}, ${studentId}, ${subjectId}, ${rate.rateMinor}, ${rate.currency}, ${now}, ${now})
    on conflict (tutor_id, student_id, subject_id) do nothing`.execute(tx.getKysely());
}
