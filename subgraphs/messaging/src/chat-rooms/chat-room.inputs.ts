import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { longText, reference, text } from '../input.rules.js';

/** Most people whom one call adds. */
const MOST_ADDED = 200;

const title = text(1, 100);
const description = longText(1_000);
/** People in an input, each once. */
export const people = z
  .array(z.uuid().toLowerCase())
  .max(MOST_ADDED)
  .transform((ids) => [...new Set(ids)]);

/** What a new room must look like. */
export const newRoom = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('SUPPORT'), idempotencyKey }),
  z.object({
    kind: z.literal('GROUP'),
    title,
    description: description.nullish(),
    courseId: z.uuid().toLowerCase().nullish(),
    memberIds: people.nullish(),
    idempotencyKey,
  }),
  z.object({
    kind: z.literal('NAMED'),
    title,
    description: description.nullish(),
    memberIds: people.nullish(),
    idempotencyKey,
  }),
]);
/** @see newRoom */
export type NewRoom = Exclude<z.output<typeof newRoom>, { kind: 'SUPPORT' }>;

/** What may change in a room: what is left out stays, null clears what may be empty. */
export const roomChange = z.object({ roomId: reference, title: title.nullish(), description: description.nullish() });

/** Which room. */
export const roomReference = z.object({ roomId: reference });
