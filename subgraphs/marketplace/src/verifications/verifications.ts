import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import type { readMarketplaceEnvironment } from '../environment.js';
import { checkCredentialJob } from '../jobs/check-credential.job.js';
import { expireVerificationsJob } from '../jobs/expire-verifications.job.js';
import { removeDocumentsJob } from '../jobs/remove-documents.job.js';
import { CredentialChecker } from './credential-checker.js';
import { DecisionService } from './decision.service.js';
import { EvidenceService } from './evidence.service.js';
import {
  TutorVerificationResolver,
  VerificationDocumentResolver,
  VerificationResolver,
} from './verification.resolver.js';
import { VerificationService } from './verification.service.js';

/** Wires what tutors prove. */
export function createVerifications(
  { orm: { em }, graph, storage }: Pick<RoomTools, 'orm' | 'graph' | 'storage'>,
  environment: ReturnType<typeof readMarketplaceEnvironment>,
) {
  const { CREDENTIAL_CHECKER_URL: url, CREDENTIAL_CHECKER_TOKEN: token } = environment;
  const checkCredential = url ? checkCredentialJob(em, new CredentialChecker({ url, token })) : undefined;
  const removeDocuments = removeDocumentsJob(em, storage);
  const evidence = new EvidenceService(storage);
  return {
    resolvers: [
      new TutorVerificationResolver(evidence),
      new VerificationDocumentResolver(evidence),
      new VerificationResolver(
        new VerificationService(graph, removeDocuments, checkCredential),
        new DecisionService(),
        evidence,
      ),
    ],
    jobs: [removeDocuments, expireVerificationsJob(em), ...(checkCredential ? [checkCredential] : [])],
  } satisfies RoomParts;
}
