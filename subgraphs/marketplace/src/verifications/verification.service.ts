import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { refusing } from '../constraints.js';
import { verificationSubmitted } from '../events.js';
import type { CheckCredentialJob } from '../jobs/check-credential.job.js';
import type { RemoveDocumentsJob } from '../jobs/remove-documents.job.js';
import { noPage } from '../pages/no-page.js';
import type { Tutor } from '../tutors/tutor.entity.js';
import { lockTutorByUser, tutorOfViewer } from '../tutors/tutor.repository.js';
import { uploadedDocuments } from './document-uploads.js';
import { Verification, VerificationDocument } from './verification.entity.js';
import type { VerificationErrorCode } from './verification.payloads.js';
import { findVerifications, hasMostPending, lockProofs } from './verification.repository.js';
import { newVerification, verificationReference } from './verification.rules.js';
import { aboutVerification } from './verification.transitions.js';

const refusals = {
  verification_documents_upload_once: 'UPLOAD_IN_USE',
  verifications_person_once_pending: 'ALREADY_PENDING',
} as const satisfies Record<string, VerificationErrorCode>;

/** What tutors prove, on their side. */
export class VerificationService {
  constructor(
    private readonly graph: GraphClient,
    private readonly removeDocuments: RemoveDocumentsJob,
    /** Undefined when no outside checker is plugged in. */
    private readonly checkCredential: CheckCredentialJob | undefined,
  ) {}

  /** A page of the viewer's own proofs, the newest first. */
  async own(context: RequestContext, page: PageRequest): Promise<Connection<Verification>> {
    const tutor = await tutorOfViewer(context);
    return tutor ? findVerifications(context.em, { tutorId: tutor.id }, 'desc', page) : noPage();
  }

  /**
   * Submits something to be confirmed.
   *
   * @throws Refusal PROFILE_REQUIRED, UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE, UPLOAD_IN_USE, ALREADY_PENDING, TOO_MANY_PENDING
   */
  async submit(context: RequestContext, input: unknown): Promise<Verification> {
    const now = new Date();
    const { uploadIds, ...wanted } = accept(newVerification(now), input, context.locale);
    const { userId } = context.user;
    // Asked before the transaction: nothing outside is awaited inside one.
    const documents = await uploadedDocuments(this.graph, userId, uploadIds);
    return refusing<VerificationErrorCode, Verification>(refusals, () =>
      transaction(context.em, async (tx) => {
        const tutor = await ownProfile(tx, userId);
        if (await hasMostPending(tx, tutor.id)) throw new Refusal<VerificationErrorCode>('TOO_MANY_PENDING');
        const verification = tx.create(Verification, {
          id: newId(),
          tutorId: tutor.id,
          status: 'PENDING',
          ...wanted,
          number: wanted.number ?? null,
          issuedOn: wanted.issuedOn ?? null,
          submittedAt: now,
          checkRequestedAt: this.checkCredential ? now : null,
        });
        for (const [index, document] of documents.entries()) {
          const belongs = { verificationId: verification.id, tutorId: tutor.id };
          tx.create(VerificationDocument, { id: newId(), ...belongs, place: index + 1, ...document });
        }
        if (this.checkCredential) await enqueue(tx, this.checkCredential, { verificationId: verification.id });
        recordEvent(tx, verificationSubmitted.create(aboutVerification(verification, tutor)));
        return verification;
      }),
    );
  }

  /** Takes back what nobody has decided on; its files are removed. @throws Refusal NOT_FOUND, PROFILE_REQUIRED, VERIFICATION_DECIDED */
  async withdraw(context: RequestContext, input: unknown): Promise<string> {
    const { verificationId } = accept(verificationReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const { proofs } = await lockProofs(tx, await ownProfile(tx, context.user.userId));
      const verification = proofs.find(({ id }) => id === verificationId);
      if (!verification) throw new Refusal<VerificationErrorCode>('NOT_FOUND', ['input', 'verificationId']);
      if (verification.status !== 'PENDING') throw new Refusal<VerificationErrorCode>('VERIFICATION_DECIDED');
      tx.remove(verification);
      await enqueue(tx, this.removeDocuments, {});
      return verificationId;
    });
  }
}

async function ownProfile(tx: EntityManager, userId: string): Promise<Tutor> {
  const tutor = await lockTutorByUser(tx, userId);
  if (!tutor) throw new Refusal<VerificationErrorCode>('PROFILE_REQUIRED');
  return tutor;
}
