import { buffer } from 'node:stream/consumers';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type Stripe from 'stripe';
import { StripeOperation } from '../stripe/stripe-operation.entity.js';
import type { OperationHandler } from '../stripe/stripe-operations.js';
import { Dispute } from './dispute.entity.js';
import { type EvidenceFile, evidenceFiles } from './evidence.rules.js';

/** The kind of call that sends evidence. */
export const SUBMIT_EVIDENCE = 'submit-dispute-evidence';

/** What Stripe is told. */
export interface EvidenceInput {
  stripeDisputeId: string;
  /** By Stripe's names. */
  texts: Readonly<Record<string, string>>;
  files: readonly { kind: EvidenceFile; storageKey: string; contentType: string }[];
  submit: boolean;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** Sends evidence to Stripe; what it says is kept here only until Stripe has it. */
export function evidenceOperation(
  storage: ObjectStorage,
): OperationHandler<EvidenceInput & Readonly<Record<string, unknown>>, { submitted: boolean }> {
  return {
    kind: SUBMIT_EVIDENCE,
    call: async (stripe, { stripeDisputeId, texts, files, submit }, { idempotencyKey }) => {
      const evidence: Record<string, string> = { ...texts };
      for (const file of files) {
        const { id } = await upload(stripe, storage, file, `${idempotencyKey}:${file.kind}`);
        evidence[evidenceFiles[file.kind]] = id;
      }
      const metadata = { operationId: idempotencyKey };
      await stripe.disputes.update(stripeDisputeId, { evidence, submit, metadata }, { idempotencyKey });
      return { submitted: submit };
    },
    find: async (stripe, { stripeDisputeId, submit }, operationId) => {
      const { metadata } = await stripe.disputes.retrieve(stripeDisputeId);
      return metadata['operationId'] === operationId ? { submitted: submit } : null;
    },
    done: async (tx, disputeId, { submitted }, now) => {
      await forget(tx, disputeId);
      if (submitted)
        await tx.nativeUpdate(Dispute, { id: disputeId, evidenceSubmittedAt: null }, { evidenceSubmittedAt: now });
    },
    refused: (tx, disputeId) => forget(tx, disputeId),
  };
}

async function upload(
  stripe: Stripe,
  storage: ObjectStorage,
  { kind, storageKey, contentType }: EvidenceInput['files'][number],
  idempotencyKey: string,
): Promise<Stripe.File> {
  const data = await buffer(await storage.get(storageKey));
  const name = `${kind.toLowerCase()}.${EXTENSIONS[contentType] ?? 'bin'}`;
  const file = { data, name, type: contentType };
  return stripe.files.create({ purpose: 'dispute_evidence', file }, { idempotencyKey });
}

/** Evidence is about people: nothing of it stays behind with a call that is over. */
async function forget(tx: EntityManager, disputeId: string): Promise<void> {
  await tx.flush();
  const over = { kind: SUBMIT_EVIDENCE, subjectId: disputeId, status: { $ne: 'PENDING' as const } };
  await tx.nativeUpdate(StripeOperation, over, { input: {} });
}
