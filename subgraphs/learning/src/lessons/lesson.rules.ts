import { z } from 'zod';
import { reference, text } from '../input.rules.js';

/** What a lesson is made of. */
export const lessonKinds = ['VIDEO', 'TEXT', 'QUIZ'] as const;
/** @see lessonKinds */
export type LessonKind = (typeof lessonKinds)[number];

/** Most lessons of a module. */
export const MOST_LESSONS = 100;
/** Most lessons that one waits for directly. */
export const MOST_PREREQUISITES = 20;
/** Longest text of a lesson, in bytes. */
export const LONGEST_BODY = 100_000;

/** Markdown as it was written, blanks at its beginning included: four of them mean code. */
const body = z.string().refine((value) => !value.includes('\0') && Buffer.byteLength(value) <= LONGEST_BODY);

// The scalar gives an object.
const address = z.preprocess(
  (given) => (given instanceof URL ? given.href : given),
  z.url({ protocol: /^https?$/ }).max(2_000),
);

const place = z.number().int().min(1);

/** What a new lesson must look like. */
export const newLesson = z.object({
  moduleId: reference,
  kind: z.enum(lessonKinds),
  title: text(1, 200),
  body: body.nullish().transform((value) => value ?? ''),
  videoUrl: address.nullish(),
  minutes: z.number().int().min(1).max(600),
  isPreview: z.boolean().nullish(),
  isOptional: z.boolean().nullish(),
  position: place.nullish(),
});

/** What may be changed of a lesson; what is left out stays. */
export const lessonChange = z.object({
  lessonId: reference,
  kind: z.enum(lessonKinds).nullish(),
  title: text(1, 200).nullish(),
  body: body.nullish(),
  videoUrl: address.nullish(),
  minutes: z.number().int().min(1).max(600).nullish(),
  isPreview: z.boolean().nullish(),
  isOptional: z.boolean().nullish(),
});

/** Where a lesson goes. */
export const lessonMove = z.object({ lessonId: reference, moduleId: reference.nullish(), position: place });

/** Which lesson. */
export const lessonReference = z.object({ lessonId: reference });

/** What must be completed before a lesson. */
export const prerequisitesChange = z.object({
  lessonId: reference,
  requiredIds: z
    .array(reference)
    .max(MOST_PREREQUISITES)
    .transform((ids) => [...new Set(ids)]),
});
