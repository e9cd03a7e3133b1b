import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';

/** The largest payment there is, in minor units. */
const MOST_MINOR = 4_000_000_000;

/** What staff gives back. */
export const paymentRefund = z.object({
  paymentId: z.string().max(100),
  amount: z.object({ amountMinor: z.number().int().min(1).max(MOST_MINOR), currency: z.string().length(3) }).nullish(),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => !text.includes('\0')),
  idempotencyKey,
});
