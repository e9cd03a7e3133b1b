import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { PaymentsCore } from '../core.js';
import type { Payment } from '../payments/payment.entity.js';
import { paymentsById } from '../payments/payment.repository.js';
import type { OperationStatus } from '../stripe/operation.rules.js';
import { StripeOperation } from '../stripe/stripe-operation.entity.js';
import type { Dispute } from './dispute.entity.js';
import { disputeEvidence } from './dispute.inputs.js';
import type { DisputeErrorCode } from './dispute.payloads.js';
import { type DisputeSearch, findDispute, findDisputes, lockDispute } from './dispute.repository.js';
import { takesEvidence } from './dispute.rules.js';
import { type EvidenceInput, SUBMIT_EVIDENCE } from './evidence.operation.js';
import { type EvidenceText, evidenceTexts } from './evidence.rules.js';
import { evidenceUploads } from './evidence-uploads.js';

const WHICH = ['input', 'disputeId'];

/** Disputes of cardholders, for staff. */
export class DisputeService {
  constructor(private readonly core: Pick<PaymentsCore, 'operations' | 'sync' | 'tools'>) {}

  find(context: RequestContext, id: string): Promise<Dispute | null> {
    return findDispute(context.em, id);
  }

  /** A page of disputes, the newest first. */
  list(context: RequestContext, search: DisputeSearch, page: PageRequest): Promise<Connection<Dispute>> {
    return findDisputes(context.em, search, page);
  }

  /** What a dispute is about. */
  async payment(context: RequestContext, { paymentId }: Dispute): Promise<Payment> {
    const payment = await context.loader(paymentsById).load(paymentId);
    if (!payment) throw new Error(`Payment ${paymentId} does not exist`);
    return payment;
  }

  /**
   * Sends evidence to the bank. When Stripe cannot be reached it is sent as soon as it can.
   *
   * @throws Refusal INVALID_INPUT, NOT_FOUND, EVIDENCE_MISSING, EVIDENCE_NOT_WANTED, EVIDENCE_TOO_LATE, EVIDENCE_REFUSED,
   * UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE, IDEMPOTENCY_KEY_REUSED
   */
  async submitEvidence(context: RequestContext, input: unknown): Promise<Dispute> {
    const { idempotencyKey: key, ...asked } = accept(disputeEvidence, input, context.locale);
    const { disputeId, files: wanted, submit, ...given } = asked;
    const texts = textsOf(given);
    if (Object.keys(texts).length === 0 && !wanted?.length) throw new Refusal<DisputeErrorCode>('EVIDENCE_MISSING');
    const files = await evidenceUploads(this.core.tools.graph, context.user.userId, wanted ?? []);
    const evidence = { texts, files, submit: submit ?? true };
    const call = { viewerId: context.user.userId, mutation: 'submitDisputeEvidence', key, input: asked };
    const { dispute, operationId } = await transaction(context.em, (tx) =>
      once<Begun, { disputeId: string; operationId: string }>(tx, call, {
        work: () => this.begin(context, tx, disputeId, evidence),
        reference: (begun) => ({ disputeId: begun.dispute.id, operationId: begun.operationId }),
        recall: async (known) => ({
          dispute: await required(await findDispute(tx, known.disputeId)),
          operationId: known.operationId,
        }),
      }),
    );
    if ((await this.outcome(operationId)) === 'FAILED') throw new Refusal<DisputeErrorCode>('EVIDENCE_REFUSED');
    // Where it stands now is to be seen at once; should that fail, a webhook says so a moment later.
    await this.core.sync.refresh('dispute', dispute.stripeDisputeId).catch(() => undefined);
    return required(await findDispute(context.em.fork(), dispute.id));
  }

  private async begin(
    context: RequestContext,
    tx: EntityManager,
    id: string,
    evidence: Omit<EvidenceInput, 'stripeDisputeId'>,
  ): Promise<Begun> {
    const known = await findDispute(tx, id);
    const dispute = known && (await lockDispute(tx, { id: known.id }));
    if (!dispute) throw new Refusal<DisputeErrorCode>('NOT_FOUND', WHICH);
    const isSent = dispute.evidenceSubmittedAt && dispute.status !== 'NEEDS_RESPONSE';
    if (!takesEvidence(dispute.status) || isSent) throw new Refusal<DisputeErrorCode>('EVIDENCE_NOT_WANTED', WHICH);
    const dueBy = dispute.evidenceDueBy;
    if (dueBy && dueBy < new Date()) throw new Refusal<DisputeErrorCode>('EVIDENCE_TOO_LATE', WHICH);
    recordStaffAction(tx, context, {
      action: 'payments.dispute.submit-evidence',
      resource: 'PaymentDispute',
      resourceId: dispute.id,
      fields: [...Object.keys(evidence.texts), ...evidence.files.map(({ kind }) => kind)],
    });
    const input = { ...evidence, stripeDisputeId: dispute.stripeDisputeId };
    const options = { inRequest: true };
    const operationId = await this.core.operations.begin(
      tx,
      SUBMIT_EVIDENCE,
      { subjectId: dispute.id, input },
      options,
    );
    return { dispute, operationId };
  }

  private async outcome(operationId: string): Promise<OperationStatus> {
    try {
      return await this.core.operations.run(operationId);
    } catch {
      // It goes on in the background, and its failure is stored with it.
      const em = this.core.tools.orm.em.fork();
      return (await em.findOneOrFail(StripeOperation, { id: operationId })).status;
    }
  }
}

interface Begun {
  dispute: Dispute;
  operationId: string;
}

function required(dispute: Dispute | null): Dispute {
  if (!dispute) throw new Error('A dispute is never deleted');
  return dispute;
}

/** By Stripe's names. */
function textsOf(given: Partial<Record<EvidenceText, string | null | undefined>>): Record<string, string> {
  const names = Object.keys(evidenceTexts) as EvidenceText[];
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = given[name];
      return text ? [[evidenceTexts[name], text]] : [];
    }),
  );
}
