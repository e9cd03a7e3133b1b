import type { LearningCore, LearningPart } from '../core.js';
import { StudentAccess } from '../students/student-access.js';
import { BadgeKeys } from './badge-keys.js';
import { CertificateResolver, StudentCertificatesResolver } from './certificate.resolver.js';
import { CertificateService } from './certificate.service.js';
import { CertificateDocuments } from './certificate-documents.js';
import { registerCertificates } from './certificate-routes.js';
import { CertificateUrls } from './certificate-urls.js';
import { earnedCertificatesConsumer } from './earned-certificates.consumer.js';
import { CertificateIssuing } from './issue-certificates.js';

/** Wires certificates and their public addresses. */
export function createCertificates({ tools, environment }: LearningCore): LearningPart {
  const { em } = tools.orm;
  const urls = new CertificateUrls(tools.origin);
  const issuing = new CertificateIssuing(em, tools.graph);
  const service = new CertificateService(issuing, new StudentAccess());
  const keys = new BadgeKeys(em, environment.SECRET_KEY);
  const documents = new CertificateDocuments(em, keys, urls, tools.messages, environment.SCHOOL_NAME);
  return {
    resolvers: [new CertificateResolver(service, urls), new StudentCertificatesResolver(service)],
    consumers: [earnedCertificatesConsumer(issuing)],
    routes: (app) => registerCertificates(app, documents, tools.rateLimiter),
  };
}
