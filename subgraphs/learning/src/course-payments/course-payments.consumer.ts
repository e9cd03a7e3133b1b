import type { EntityManager } from '@mikro-orm/postgresql';
import type { ConsumerOptions } from '@tutorgraph/kit/events/consumer';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { sql } from 'kysely';
import { z } from 'zod';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { lockEnrollment } from '../enrollments/enrollment.repository.js';
import { moveEnrollment } from '../enrollments/enrollment.transitions.js';
import { placeEnrollment } from '../enrollments/place-enrollment.js';
import type { Accounts } from '../people/accounts.js';
import { ensureStudent } from '../students/ensure-student.js';

/** What payments tells of the payment of a course: while the money is held, its payer has the course. Subject: the payment. */
const coursePaymentChanged = {
  type: 'tutorgraph.payments.course-payment.changed.v1',
  schema: z.object({ payerId: z.uuid(), courseId: z.uuid(), cohortId: z.uuid().nullable(), isHeld: z.boolean() }),
} as const;
type Change = z.output<typeof coursePaymentChanged.schema>;

/** Enrols whoever has paid for a course, and takes those out of it who have all of their money back. */
export function coursePaymentsConsumer(accounts: Accounts): Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'> {
  return {
    name: 'course-payments',
    stream: 'payments',
    handlers: {
      [coursePaymentChanged.type]: {
        // Whoever has left for good is not made a student again.
        prepare: ({ data }: DomainEvent) => accounts.exists(coursePaymentChanged.schema.parse(data).payerId),
        apply: async (tx: EntityManager, { subject, data }: DomainEvent, exists: unknown) => {
          const change = coursePaymentChanged.schema.parse(data);
          if (!change.isHeld) await takeOut(tx, subject);
          else if (exists === true) await letIn(tx, subject, change);
        },
      },
    },
  };
}

/** Where no place is left in the cohort any more, they have the course without one: staff finds another. */
async function letIn(tx: EntityManager, paymentId: string, { payerId, courseId, cohortId }: Change): Promise<void> {
  // Whoever has the course by this payment may have left it, or changed the cohort, since.
  if ((await tx.count(Enrollment, { paymentId })) > 0) return;
  const at = new Date();
  const studentId = await ensureStudent(tx, payerId, 'PAYMENT', at);
  await placeEnrollment(
    tx,
    {
      ...{ studentId, course: { id: courseId, archivedAt: null }, source: 'PAYMENT', paymentId },
      cohortId: cohortId && (await hasPlace(tx, cohortId, courseId)) ? cohortId : undefined,
    },
    at,
  );
}

async function hasPlace(tx: EntityManager, cohortId: string, courseId: string): Promise<boolean> {
  const { rows } = await sql<{ has_place: boolean }>`
    select capacity is null or member_count < capacity as has_place from learning.cohorts
     where id = ${cohortId} and course_id = ${courseId} for no key update`.execute(tx.getKysely());
  return rows[0]?.has_place ?? false;
}

async function takeOut(tx: EntityManager, paymentId: string): Promise<void> {
  const known = await tx.findOne(Enrollment, { paymentId });
  const locked = known && (await lockEnrollment(tx, known.id));
  if (!locked) return;
  const { enrollment, userId } = locked;
  enrollment.paymentId = null;
  await moveEnrollment(tx, enrollment, 'DROPPED', userId, new Date());
}
