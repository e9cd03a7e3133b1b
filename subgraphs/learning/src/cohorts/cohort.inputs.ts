import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference, text } from '../input.rules.js';
import { MOST_SEATS } from './cohort.rules.js';

const title = text(1, 120);
const capacity = z.number().int().min(1).max(MOST_SEATS);
const curatorId = z.uuid().toLowerCase();
/** The scalar gives a Date at midnight in UTC. */
const startsOn = z.date().transform((day) => day.toISOString().slice(0, 10));

/** What a new cohort must look like. */
export const newCohort = z.object({
  courseId: reference,
  title,
  curatorId: curatorId.nullish(),
  startsOn,
  capacity: capacity.nullish(),
  idempotencyKey,
});

/** What may change in a cohort: what is left out stays, null clears what may be empty. */
export const cohortChange = z.object({
  cohortId: reference,
  title: title.nullish(),
  curatorId: curatorId.nullish(),
  startsOn: startsOn.nullish(),
  capacity: capacity.nullish(),
});
