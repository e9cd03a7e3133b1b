import { idempotencyKey } from '@tutorgraph/kit/idempotency/idempotency';
import { z } from 'zod';
import { evidenceFileKinds } from './evidence.rules.js';

const isStorable = (value: string): boolean => !value.includes('\0');
const text = (most: number) => z.string().trim().min(1).max(most).refine(isStorable).nullish();

/** What staff says to a bank. */
export const disputeEvidence = z.object({
  disputeId: z.string().max(100),
  productDescription: text(20_000),
  serviceDate: text(100),
  customerName: text(200),
  customerEmail: text(320),
  customerPurchaseIp: text(45),
  accessActivityLog: text(20_000),
  cancellationPolicyDisclosure: text(20_000),
  cancellationRebuttal: text(20_000),
  refundPolicyDisclosure: text(20_000),
  refundRefusalExplanation: text(20_000),
  duplicateChargeExplanation: text(20_000),
  statement: text(20_000),
  files: z
    .array(z.object({ kind: z.enum(evidenceFileKinds), uploadId: z.string().max(100) }))
    .max(evidenceFileKinds.length)
    .refine((files) => new Set(files.map(({ kind }) => kind)).size === files.length)
    .nullish(),
  submit: z.boolean().nullish(),
  idempotencyKey,
});
