import type { Certificate } from './certificate.entity.js';
import type { CertificateUrls } from './certificate-urls.js';

/** https://www.imsglobal.org/spec/ob/v3p0, sections 8.2 and B. */
const CONTEXT = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
] as const;
const SCHEMA = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';
const SECOND = 1_000;
type Json = Record<string, unknown>;

/** What certificates of a course say has been achieved, in every language alike. */
export type AchievedCourse = Pick<Certificate, 'courseId' | 'courseTitle' | 'language'>;

/** Who issues: a profile of Open Badges 3.0. */
export function issuerProfile(urls: CertificateUrls, school: string): Json {
  return { id: urls.issuer, type: ['Profile'], name: school, url: urls.issuer };
}

/** What has been achieved. */
export function achievement(urls: CertificateUrls, course: AchievedCourse, criteria: string): Json {
  return {
    id: urls.achievement(course.courseId),
    type: ['Achievement'],
    achievementType: 'Certificate',
    name: course.courseTitle,
    description: course.courseTitle,
    inLanguage: course.language,
    criteria: { narrative: criteria },
  };
}

/**
 * A certificate as the payload of a JSON Web Token: an OpenBadgeCredential with the registered claims that say the same.
 *
 * @param criteria what had to be done, in the certificate's language
 */
export function openBadge(
  urls: CertificateUrls,
  certificate: Certificate,
  { holder, school, criteria }: { holder: string; school: string; criteria: string },
): Json {
  const { code, score, issuedAt } = certificate;
  const id = urls.page(code);
  return {
    '@context': CONTEXT,
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: certificate.courseTitle,
    issuer: issuerProfile(urls, school),
    validFrom: issuedAt.toISOString(),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [{ type: 'IdentityObject', hashed: false, identityHash: holder, identityType: 'name' }],
      achievement: achievement(urls, certificate, criteria),
      ...(score != null && { result: [{ type: ['Result'], value: String(score) }] }),
    },
    credentialStatus: { id: urls.revocations, type: '1EdTechRevocationList' },
    credentialSchema: [{ id: SCHEMA, type: '1EdTechJsonSchemaValidator2019' }],
    iss: urls.issuer,
    jti: id,
    sub: id,
    nbf: Math.floor(issuedAt.getTime() / SECOND),
  };
}

/** Certificates that hold no longer, as verifiers of Open Badges read it. */
export function revocationList(urls: CertificateUrls, revoked: readonly Pick<Certificate, 'code'>[]): Json {
  return {
    id: urls.revocations,
    issuer: urls.issuer,
    revokedCredential: revoked.map(({ code }) => ({ id: urls.page(code), revoked: true })),
  };
}
