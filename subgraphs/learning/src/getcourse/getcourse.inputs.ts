import { z } from 'zod';
import { reference, text } from '../input.rules.js';

const optional = (most: number) =>
  text(1, most)
    .nullish()
    .transform((value) => value ?? null);

/** @see LinkGetCourseGroupInput */
export const linking = z.object({
  groupId: z.string().regex(/^\d{1,18}$/),
  courseId: reference,
  cohortId: reference.nullish().transform((id) => id ?? null),
  progressField: optional(200),
  completedGroup: optional(200),
});
