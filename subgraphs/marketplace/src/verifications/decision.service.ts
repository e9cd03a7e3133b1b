import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { verificationApproved, verificationRejected } from '../events.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import type { Verification } from './verification.entity.js';
import type { VerificationErrorCode } from './verification.payloads.js';
import {
  findVerifications,
  type LockedProofs,
  lockVerification,
  type VerificationSearch,
} from './verification.repository.js';
import { rejection, validUntil, verificationReference } from './verification.rules.js';
import { aboutVerification, moveVerification } from './verification.transitions.js';

/** A proof that was decided on, and the tutor whose badge follows from it. */
export interface Decided {
  verification: Verification;
  tutor: Tutor;
}

type LockedVerification = LockedProofs & { verification: Verification };

/** What tutors prove, on the side of staff. Of two who decide at once, the second one finds it decided. */
export class DecisionService {
  /** A page of everybody's proofs, those that have waited longest first. */
  queue(
    context: RequestContext,
    filter: VerificationSearch | null | undefined,
    page: PageRequest,
  ): Promise<Connection<Verification>> {
    return findVerifications(context.em, filter ?? {}, 'asc', page);
  }

  /** Confirms a proof for 12 months from now. @throws Refusal NOT_FOUND, VERIFICATION_DECIDED, OWN_VERIFICATION */
  async approve(context: RequestContext, input: unknown): Promise<Decided> {
    const { verificationId } = accept(verificationReference, input, context.locale);
    const now = new Date();
    return this.decide(context, verificationId, (tx, { verification, ...locked }) => {
      const change = { decidedAt: now, decidedBy: context.user.userId, validUntil: validUntil(now) };
      if (!moveVerification(locked, verification, 'VERIFIED', change)) return false;
      recordEvent(tx, verificationApproved.create(aboutVerification(verification, locked.tutor)));
      record(tx, context, 'approve', verification, locked.tutor);
      return true;
    });
  }

  /** Refuses a proof, or one that counted until now. @throws Refusal NOT_FOUND, VERIFICATION_DECIDED, OWN_VERIFICATION */
  async reject(context: RequestContext, input: unknown): Promise<Decided> {
    const { verificationId, reason } = accept(rejection, input, context.locale);
    const now = new Date();
    return this.decide(context, verificationId, (tx, { verification, ...locked }) => {
      const decision = { decidedAt: now, decidedBy: context.user.userId };
      const change = { ...decision, rejectionReason: reason, validUntil: null };
      if (!moveVerification(locked, verification, 'REJECTED', change)) return false;
      recordEvent(tx, verificationRejected.create(aboutVerification(verification, locked.tutor)));
      record(tx, context, 'reject', verification, locked.tutor);
      return true;
    });
  }

  private decide(
    context: RequestContext,
    id: string,
    move: (tx: EntityManager, locked: LockedVerification) => boolean,
  ): Promise<Decided> {
    return transaction(context.em, async (tx) => {
      const locked = await lockVerification(tx, id);
      if (!locked) throw new Refusal<VerificationErrorCode>('NOT_FOUND', ['input', 'verificationId']);
      if (context.isUser(locked.tutor.userId)) throw new Refusal<VerificationErrorCode>('OWN_VERIFICATION');
      if (!move(tx, locked)) throw new Refusal<VerificationErrorCode>('VERIFICATION_DECIDED');
      return { verification: locked.verification, tutor: locked.tutor };
    });
  }
}

function record(
  tx: EntityManager,
  context: RequestContext,
  verb: 'approve' | 'reject',
  { id }: Verification,
  { userId }: Tutor,
): void {
  const action = `marketplace.verification.${verb}` as const;
  const fields = verb === 'approve' ? ['status', 'validUntil'] : ['status', 'validUntil', 'rejectionReason'];
  recordStaffAction(tx, context, { action, resource: 'Verification', resourceId: id, userId, fields });
}
