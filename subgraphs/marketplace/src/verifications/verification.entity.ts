import { defineEntity, p } from '@mikro-orm/core';
import { Tutor } from '../tutors/tutor.entity.js';
import {
  type CredentialVerdict,
  credentialVerdicts,
  type VerificationKind,
  type VerificationStatus,
  verificationKinds,
  verificationStatuses,
} from './verification.rules.js';

const VerificationSchema = defineEntity({
  name: 'Verification',
  tableName: 'verifications',
  indexes: [
    { name: 'verifications_of_tutor', properties: ['tutorId', 'submittedAt', 'id'] },
    { name: 'verifications_queue', properties: ['status', 'submittedAt', 'id'] },
    { name: 'verifications_to_expire', properties: ['validUntil', 'id'], where: `status = 'VERIFIED'` },
    {
      name: 'verifications_person_once_pending',
      expression: `create unique index verifications_person_once_pending on marketplace.verifications (tutor_id, kind) where status = 'PENDING' and kind in ('BACKGROUND_CHECK', 'IDENTITY')`,
    },
  ],
  checks: [
    { name: 'verifications_title_check', expression: 'length(title) >= 1 and length(title) <= 200' },
    { name: 'verifications_issuer_check', expression: 'length(issuer) >= 1 and length(issuer) <= 200' },
    { name: 'verifications_number_check', expression: 'length(number) <= 100' },
    { name: 'verifications_reason_check', expression: 'length(rejection_reason) <= 1000' },
    { name: 'verifications_decided_check', expression: `(status = 'PENDING') = (decided_at is null)` },
    {
      name: 'verifications_valid_check',
      expression: `status not in ('VERIFIED', 'EXPIRED') or valid_until is not null`,
    },
    { name: 'verifications_verdict_check', expression: '(check_verdict is null) = (checked_at is null)' },
    { name: 'verifications_check_reference_check', expression: 'length(check_reference) <= 200' },
  ],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    kind: p.enum(verificationKinds).$type<VerificationKind>(),
    status: p.enum(verificationStatuses).$type<VerificationStatus>(),
    /** What was achieved or certified, as its document says. */
    title: p.text(),
    /** Who issued the document. */
    issuer: p.text(),
    /** The document's number. */
    number: p.text().nullable(),
    /** `YYYY-MM-DD` */
    issuedOn: p.date().nullable(),
    submittedAt: p.datetime().columnType('timestamptz'),
    /** When staff approved or rejected it last. */
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
    /** The member of staff who decided last. */
    decidedBy: p.uuid().nullable(),
    /** For the tutor. */
    rejectionReason: p.text().nullable(),
    /** Until when it counts, once it was approved and not rejected afterwards. */
    validUntil: p.datetime().columnType('timestamptz').nullable(),
    /** When it was told that it expires soon. */
    noticedAt: p.datetime().columnType('timestamptz').nullable(),
    /** When an outside checker was asked; null when there is none. */
    checkRequestedAt: p.datetime().columnType('timestamptz').nullable(),
    checkVerdict: p.enum(credentialVerdicts).$type<CredentialVerdict>().nullable(),
    /** Under which the checker knows its answer. */
    checkReference: p.text().nullable(),
    checkedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Something that a tutor wants to have confirmed. The tutor's row is locked before it, and says until when they are verified. */
export class Verification extends VerificationSchema.class {}
VerificationSchema.setClass(Verification);

const VerificationDocumentSchema = defineEntity({
  name: 'VerificationDocument',
  tableName: 'verification_documents',
  uniques: [
    { name: 'verification_documents_upload_once', properties: ['uploadId'] },
    { name: 'verification_documents_in_order', properties: ['verificationId', 'place'] },
  ],
  indexes: [{ name: 'verification_documents_of_tutor', properties: ['tutorId'] }],
  checks: [{ name: 'verification_documents_size_check', expression: 'size >= 1' }],
  properties: {
    id: p.uuid().primary(),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id').deleteRule('cascade'),
    /** Null once the proof was taken back. */
    verificationId: () =>
      p.manyToOne(Verification).mapToPk().fieldName('verification_id').nullable().deleteRule('set null'),
    /** Counts from 1. */
    place: p.integer(),
    /** The upload in accounts by which it came. */
    uploadId: p.uuid(),
    contentType: p.text(),
    /** In bytes. */
    size: p.integer(),
    /** Where the file is, for the tutor and whoever decides; null once it was removed. */
    storageKey: p.text().nullable(),
  },
});

/** A file that proves it. The row outlives the file, so that an upload whose file is gone is not submitted again. */
export class VerificationDocument extends VerificationDocumentSchema.class {}
VerificationDocumentSchema.setClass(VerificationDocument);
