import { z } from 'zod';
import { reference, text } from '../lessons/lesson.rules.js';

const slug = z
  .string()
  .trim()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const name = text(1, 100);

/** What a new subject must look like. */
export const newSubject = z.object({ slug, nameEn: name, nameRu: name });

/** What may change in a subject; null means the same as leaving it out. */
export const subjectChange = z.object({
  subjectId: reference,
  slug: slug.nullish(),
  nameEn: name.nullish(),
  nameRu: name.nullish(),
});

/** Which subject. */
export const subjectReference = z.object({ subjectId: reference });
