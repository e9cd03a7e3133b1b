import { createHash } from 'node:crypto';
import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { reference, text, withoutNulls } from '../input.rules.js';
import { cardRatings } from './scheduler.js';

/** Where a card comes from. */
export const cardSources = ['MISTAKE', 'OWN', 'LESSON'] as const;
/** @see cardSources */
export type CardSource = (typeof cardSources)[number];

/** So many cards somebody may have. */
export const MOST_CARDS = 10_000;
/** What a card's front holds, in characters. */
export const LONGEST_FRONT = 500;
/** What a card's back holds, in characters. */
export const LONGEST_BACK = 1_000;

const front = text(1, LONGEST_FRONT);
const back = text(1, LONGEST_BACK);

/** A card that somebody makes. */
export const newCard = z.preprocess(
  withoutNulls,
  z.object({ front, back, context: text(1, 500).optional(), lessonId: reference.optional(), idempotencyKey }),
);

/** What somebody changes about a card; an empty context takes it away. */
export const cardChange = z.preprocess(
  withoutNulls,
  z.object({ cardId: reference, front: front.optional(), back: back.optional(), context: text(0, 500).optional() }),
);

/** Which card rests, or comes up again. */
export const cardRest = z.object({ cardId: reference, isSuspended: z.boolean() });

/** Which card. */
export const whichCard = z.object({ cardId: reference });

/** How well somebody knew a card. */
export const newReview = z.object({
  cardId: reference,
  rating: z.enum(cardRatings),
  expectedReviews: z.int().min(0),
  idempotencyKey,
});

/** By which two cards of a student are the same; short, whatever they are about. */
export function dedupeKeyOf(...parts: readonly string[]): string {
  const same = parts.map((part) => part.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim());
  return createHash('sha256').update(JSON.stringify(same)).digest('base64url');
}

/** The first moment of a day in UTC: new cards are counted by such days. */
export function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
