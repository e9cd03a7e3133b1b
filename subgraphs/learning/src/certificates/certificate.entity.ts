import { defineEntity, p } from '@mikro-orm/core';
import type { JWK } from 'jose';
import { Enrollment } from '../enrollments/enrollment.entity.js';

const CertificateSchema = defineEntity({
  name: 'Certificate',
  tableName: 'certificates',
  indexes: [
    { name: 'certificates_of_student', properties: ['studentId', 'issuedAt', 'id'] },
    { name: 'certificates_revoked', properties: ['revokedAt'], where: `revoked_at is not null` },
    {
      name: 'certificates_once_valid',
      expression: `create unique index certificates_once_valid on learning.certificates (enrollment_id) where revoked_at is null`,
    },
  ],
  uniques: [{ name: 'certificates_code_unique', properties: ['code'] }],
  checks: [
    { name: 'certificates_revoked_check', expression: `(revoked_at is null) = (revocation_reason is null)` },
    { name: 'certificates_score_check', expression: `score is null or score between 0 and 100` },
    { name: 'certificates_holder_check', expression: `holder_name is not null or revoked_at is not null` },
  ],
  properties: {
    id: p.uuid().primary(),
    /** By which anybody can verify it. */
    code: p.text(),
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade'),
    studentId: p.uuid(),
    courseId: p.uuid(),
    /** As it was when it was issued; null once its holder was erased. */
    holderName: p.text().nullable(),
    courseTitle: p.text(),
    /** The language of the course, and of what is printed. */
    language: p.text(),
    /** How long the lessons take. */
    minutes: p.integer(),
    /** Mean of tests and homework in percent, if there were any. */
    score: p.integer().nullable(),
    issuedAt: p.datetime().columnType('timestamptz'),
    /** Staff who issued it by hand; null when the course's rule did. */
    issuedBy: p.uuid().nullable(),
    revokedAt: p.datetime().columnType('timestamptz').nullable(),
    revokedBy: p.uuid().nullable(),
    revocationReason: p.text().nullable(),
  },
});

/** That somebody has completed a course. */
export class Certificate extends CertificateSchema.class {}
CertificateSchema.setClass(Certificate);

const BadgeKeySchema = defineEntity({
  name: 'BadgeKey',
  tableName: 'badge_keys',
  uniques: [{ name: 'badge_keys_one_active', properties: ['active'] }],
  properties: {
    id: p.uuid().primary(),
    /** True for the key that signs, null for former ones: the unique constraint allows one. */
    active: p.boolean().nullable(),
    /** Public for ever: what it signed can be verified for ever. */
    publicKey: p.json<JWK>(),
    /** The private key (JWK), sealed with the settings' secret. */
    sealedPrivateKey: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** A key pair that signs credentials, or did. */
export class BadgeKey extends BadgeKeySchema.class {}
BadgeKeySchema.setClass(BadgeKey);
