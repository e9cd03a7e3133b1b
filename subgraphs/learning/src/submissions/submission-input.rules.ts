import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference, text } from '../input.rules.js';
import { LONGEST_TEXT } from './submission.rules.js';

const MOST_FILES = 10;

const file = z.object({
  uploadId: reference,
  name: text(1, 200)
    .regex(/^[^/\\]+$/)
    .nullish(),
});
/** A file that is to go with a submission. */
export type WantedFile = z.output<typeof file>;

/** Homework as its student writes it: what is left out stays as it is. */
export const homeworkDraft = z.object({
  assignmentId: reference,
  text: z
    .string()
    .max(LONGEST_TEXT)
    .refine((value) => !value.includes('\0'))
    .transform((value) => value.replaceAll('\r\n', '\n'))
    .nullish(),
  files: z
    .array(file)
    .max(MOST_FILES)
    .refine((files) => new Set(files.map(({ uploadId }) => uploadId)).size === files.length)
    .nullish(),
  expectedRevision: z.int().min(1).nullish(),
});
/** @see homeworkDraft */
export type HomeworkDraft = z.output<typeof homeworkDraft>;

/** Homework as it is handed in. */
export const handedIn = homeworkDraft.extend({ idempotencyKey });

/** More time for homework. */
export const extension = z.object({
  assignmentId: reference,
  dueAt: z.date(),
  reason: text(1, 500),
});
