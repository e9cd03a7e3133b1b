import type Stripe from 'stripe';
import { z } from 'zod';
import { emit } from '../events/emit.js';
import { boolean, mergeMetadata, metadata, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { noSuch, StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import type { Transaction } from '../store/transaction.js';
import { fileEvidence, MOST_EVIDENCE_CHARACTERS, outcomeOf, textEvidence } from './dispute.rules.js';
import { closeDispute, closed, openDispute, submitEvidence } from './dispute-life.js';

const long = z.string().max(MOST_EVIDENCE_CHARACTERS).optional();
const evidenceNames = [...textEvidence, ...fileEvidence] as const;
type EvidenceName = (typeof evidenceNames)[number];

const change = {
  evidence: z
    .strictObject(Object.fromEntries(evidenceNames.map((name) => [name, long])) as Record<EvidenceName, typeof long>)
    .optional(),
  metadata,
  submit: boolean.optional(),
};

/** Disputes: charges that a bank takes back until it is decided who is right. */
export const disputes: Resource = {
  routes: [
    route('GET /v1/disputes/:id', {}, ({ tx, path }) => tx.get('dispute', path['id'] ?? '')),
    route('POST /v1/disputes/:id', change, ({ tx, path }, input) => {
      const before = tx.get('dispute', path['id'] ?? '');
      const after = tx.put('dispute', changed(tx, before, input));
      emit(tx, 'charge.dispute.updated', after, before);
      return after;
    }),
    route('POST /v1/disputes/:id/close', {}, ({ tx, path }) => closeDispute(tx, path['id'] ?? '', 'lost')),
    route(
      'GET /v1/disputes',
      { ...pageInTime, charge: text.optional(), payment_intent: text.optional() },
      (call, { charge, payment_intent, ...input }) =>
        list(
          call,
          'dispute',
          input,
          (dispute) =>
            (charge === undefined || dispute.charge === charge) &&
            (payment_intent === undefined || dispute.payment_intent === payment_intent),
        ),
    ),
  ],
  tasks: {
    // The subject is the charge and the reason, of a card that is made to be disputed.
    'dispute.open': (tx, subject) => {
      const [charge = '', reason = 'general'] = subject.split(' ');
      if (!tx.get('charge', charge).disputed) openDispute(tx, { charge, reason });
    },
    'dispute.overdue': (tx, id) => {
      const dispute = tx.get('dispute', id);
      tx.put('dispute', { ...dispute, evidence_details: { ...dispute.evidence_details, past_due: true } });
      closeDispute(tx, id, 'lost');
    },
    'dispute.decide': (tx, id) => {
      const { status, evidence } = tx.get('dispute', id);
      const outcome = outcomeOf(evidence);
      if (status === 'under_review' && outcome) closeDispute(tx, id, outcome);
    },
  },
};

function changed(
  tx: Transaction,
  before: Stripe.Dispute,
  { evidence = {}, metadata: given, submit }: z.infer<z.ZodObject<typeof change>>,
): Stripe.Dispute {
  const told = Object.fromEntries(
    Object.entries(evidence)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, value === '' ? null : value]),
  );
  const metadata = mergeMetadata(before.metadata, given);
  const isTold = Object.keys(told).length > 0;
  if (!isTold && submit !== true) return { ...before, metadata };
  if (before.status !== 'needs_response') throw closed(before);
  const after = { ...before, evidence: { ...before.evidence, ...told }, metadata };
  assertGood(tx, after.evidence);
  const staged = { ...after, evidence_details: { ...after.evidence_details, has_evidence: true } };
  return submit === false ? staged : submitEvidence(tx, staged);
}

function assertGood(tx: Transaction, evidence: Stripe.Dispute.Evidence): void {
  for (const name of fileEvidence) {
    const id = evidence[name];
    if (typeof id !== 'string') continue;
    if (tx.find('file', id)?.purpose !== 'dispute_evidence') throw noSuch('file upload', id, `evidence[${name}]`);
  }
  const characters = textEvidence.reduce((sum, name) => sum + (evidence[name]?.length ?? 0), 0);
  if (characters > MOST_EVIDENCE_CHARACTERS) {
    const message = `The combined character count of your evidence is ${characters}; it can be at most ${MOST_EVIDENCE_CHARACTERS}.`;
    throw new StripeError(400, 'invalid_request_error', message, { param: 'evidence' });
  }
}
