import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { Tutor } from '../tutors/tutor.entity.js';
import { tutorsById } from '../tutors/tutor.repository.js';
import type { Verification, VerificationDocument } from './verification.entity.js';
import { documentsByVerification, findVerification, verifiedKindsByTutor } from './verification.repository.js';
import type { VerificationKind } from './verification.rules.js';

const SHOWN_FOR_SECONDS = 5 * 60;
const DECIDES = 'marketplace.verifications.manage';

/** Seeing what tutors have proven, and by what. */
export class EvidenceService {
  constructor(private readonly storage: ObjectStorage) {}

  /** A proof that the viewer may see: the tutor, and whoever decides. */
  async find(context: RequestContext, id: string): Promise<Verification | null> {
    const verification = await findVerification(context.em, id);
    if (!verification || context.can(DECIDES)) return verification;
    const tutor = await this.tutor(context, verification);
    return tutor && context.isUser(tutor.userId) ? verification : null;
  }

  /** Whose it is. */
  tutor(context: RequestContext, { tutorId }: Verification): Promise<Tutor | null> {
    return context.loader(tutorsById).load(tutorId);
  }

  /** Its files. */
  documents(context: RequestContext, { id }: Verification): Promise<VerificationDocument[]> {
    return context.loader(documentsByVerification).load(id);
  }

  /** An address of one file for some minutes, to be saved and never shown: a PDF may hold scripts. */
  async url({ place, contentType, storageKey }: VerificationDocument): Promise<string | null> {
    if (!storageKey) return null;
    const downloadName = `document-${place}.${contentType.split('/')[1]}`;
    return this.storage.signGet(storageKey, { expiresInSeconds: SHOWN_FOR_SECONDS, downloadName });
  }

  /** Does the viewer decide on proofs? Then they see who decided before, and what an outside checker says. */
  maySeeDecision(context: RequestContext): boolean {
    return context.can(DECIDES);
  }

  /** What a tutor has proven, as of now. */
  verifiedKinds(context: RequestContext, { id }: Tutor): Promise<VerificationKind[]> {
    return context.loader(verifiedKindsByTutor).load(id);
  }
}
