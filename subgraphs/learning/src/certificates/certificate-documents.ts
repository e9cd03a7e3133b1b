import type { Readable } from 'node:stream';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { JWK } from 'jose';
import { Course } from '../courses/course.entity.js';
import type { BadgeKeys } from './badge-keys.js';
import type { Certificate } from './certificate.entity.js';
import { findByCode, findRevoked } from './certificate.repository.js';
import { readCode } from './certificate.rules.js';
import { drawCertificate } from './certificate-pdf.js';
import { certificatePage, wordCertificate } from './certificate-text.js';
import type { CertificateUrls } from './certificate-urls.js';
import { achievement, issuerProfile, openBadge, revocationList } from './open-badge.js';

type Json = Record<string, unknown>;

/** What is at the public addresses of certificates; made anew whenever it is fetched. */
export class CertificateDocuments {
  constructor(
    private readonly em: EntityManager,
    private readonly keys: BadgeKeys,
    private readonly urls: CertificateUrls,
    private readonly messages: Messages,
    private readonly school: string,
  ) {}

  /** The page about a code, and whether there is such a certificate. */
  async page(typed: string, visitorLanguage: string): Promise<{ html: string; isKnown: boolean }> {
    const found = await this.find(typed);
    const language = found?.language ?? visitorLanguage;
    const html = certificatePage(found, { school: this.school, language, messages: this.messages });
    return { html, isKnown: found !== null };
  }

  /** A certificate that holds, as a PDF. */
  async pdf(typed: string): Promise<Readable | null> {
    const found = await this.find(typed);
    if (!found?.holderName || found.revokedAt) return null;
    const text = wordCertificate(found, found.holderName, this.school, this.messages);
    return drawCertificate(text, this.urls.page(found.code), found.issuedAt);
  }

  /** A certificate that holds, as a signed credential. */
  async badge(typed: string): Promise<string | null> {
    const found = await this.find(typed);
    if (!found?.holderName || found.revokedAt) return null;
    const words = { holder: found.holderName, school: this.school, criteria: this.criteria(found.language) };
    return this.keys.sign(openBadge(this.urls, found, words));
  }

  /** Who issues. */
  issuer(): Json {
    return {
      '@context': 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ...issuerProfile(this.urls, this.school),
    };
  }

  /** Keys by which credentials are verified. */
  async publicKeys(): Promise<{ keys: JWK[] }> {
    return { keys: await this.keys.publicKeys() };
  }

  /** What certificates of a course say has been achieved. */
  async achievement(courseId: string): Promise<Json | null> {
    const course = isId(courseId) ? await this.em.fork().findOne(Course, { id: courseId }) : null;
    if (!course || course.certificateRule === 'NONE') return null;
    const { title: courseTitle, language } = course;
    return achievement(this.urls, { courseId, courseTitle, language }, this.criteria(language));
  }

  /** What holds no longer. */
  async revocations(): Promise<Json> {
    return revocationList(this.urls, await findRevoked(this.em.fork()));
  }

  private async find(typed: string): Promise<Certificate | null> {
    const code = readCode(typed);
    return code ? findByCode(this.em.fork(), code) : null;
  }

  private criteria(language: string): string {
    return this.messages(language, 'certificate.criteria');
  }
}
