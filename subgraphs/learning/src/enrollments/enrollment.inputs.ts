import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference } from '../input.rules.js';

/** Whoever enrols themselves, and in what. */
export const ownEnrollment = z.object({ courseId: reference, cohortId: reference.nullish(), idempotencyKey });

/** Whom staff enrols, and in what: a student, or somebody with an account who may be none yet. */
export const staffEnrollment = z
  .object({
    studentId: reference.nullish(),
    userId: z.uuid().toLowerCase().nullish(),
    courseId: reference,
    cohortId: reference.nullish(),
    idempotencyKey,
  })
  .refine(({ studentId, userId }) => Boolean(studentId) !== Boolean(userId), { path: ['studentId'] });

/** Which enrolment. */
export const enrollmentReference = z.object({ enrollmentId: reference });

/** Where an enrolment is to belong; null for no cohort. */
export const enrollmentMove = z.object({ enrollmentId: reference, cohortId: reference.nullable() });
