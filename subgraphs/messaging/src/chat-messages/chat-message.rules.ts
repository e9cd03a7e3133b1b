import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference } from '../input.rules.js';

/** Most characters of one message. */
export const LONGEST_TEXT = 4_000;
/** Most files of one message. */
export const MOST_ATTACHMENTS = 10;
/** Most different emoji under one message. */
export const MOST_REACTION_KINDS = 20;
/** Most messages that one room keeps in view. */
export const MOST_PINS = 50;
/** How long an author may change what they wrote, in hours. */
export const EDITABLE_HOURS = 24;

const ONE_EMOJI = /^\p{RGI_Emoji}$/v;

/** Is this exactly one emoji, as Unicode recommends them for exchange; flags, families and skin tones too? */
export function isOneEmoji(text: string): boolean {
  return ONE_EMOJI.test(text);
}

/** May its author still change a message? */
export function isEditable(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < EDITABLE_HOURS * 60 * 60 * 1000;
}

const text = z
  .string()
  .max(LONGEST_TEXT)
  // PostgreSQL does not store it.
  .refine((value) => !value.includes('\0'))
  .transform((value) => value.trim());
const fileName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !/[\p{Cc}/\\]/u.test(name));

/** What is sent. A text, files, or both. */
export const newMessage = z.object({
  roomId: reference,
  text: text.nullish().transform((value) => value ?? ''),
  attachments: z
    .array(z.object({ uploadId: reference, name: fileName.nullish() }))
    .max(MOST_ATTACHMENTS)
    .nullish()
    .transform((files) => files ?? []),
  replyToId: reference.nullish(),
  idempotencyKey,
});
/** @see newMessage */
export type NewMessage = z.output<typeof newMessage>;

/** What a message is to say instead. */
export const changedMessage = z.object({ messageId: reference, text });

/** Which message. */
export const whichMessage = z.object({ messageId: reference });

/** An emoji under a message. */
export const reaction = z.object({ messageId: reference, emoji: z.string().max(64) });

/** How far a room was read. */
export const readUpTo = z.object({ roomId: reference, sequence: z.int().min(0) });
