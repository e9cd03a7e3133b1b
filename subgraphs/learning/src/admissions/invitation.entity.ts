import { defineEntity, p } from '@mikro-orm/core';
import { Student } from '../students/student.entity.js';
import { type InvitationLanguage, invitationLanguages } from './invitation.rules.js';

const StudentInvitationSchema = defineEntity({
  name: 'StudentInvitation',
  tableName: 'student_invitations',
  indexes: [
    { name: 'student_invitations_of_student', properties: ['studentId', 'createdAt'] },
    { name: 'student_invitations_ended', properties: ['expiresAt'], where: 'claimed_at is null' },
    {
      name: 'student_invitations_one_open',
      expression: `create unique index student_invitations_one_open on learning.student_invitations (student_id) where claimed_at is null and revoked_at is null`,
    },
  ],
  uniques: [{ name: 'student_invitations_code_unique', properties: ['codeHash'] }],
  checks: [
    { name: 'student_invitations_end_check', expression: `claimed_at is null or revoked_at is null` },
    { name: 'student_invitations_time_check', expression: `expires_at > created_at` },
  ],
  properties: {
    id: p.uuid().primary(),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    /** What the code is found by; the code itself is derived from the id and never stored. */
    codeHash: p.text(),
    /** In which language the message is written. */
    language: p.enum(invitationLanguages).$type<InvitationLanguage>(),
    invitedBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    expiresAt: p.datetime().columnType('timestamptz'),
    claimedAt: p.datetime().columnType('timestamptz').nullable(),
    /** A newer one took its place, or somebody came without it. */
    revokedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Somebody without an account was told how to claim their place. */
export class StudentInvitation extends StudentInvitationSchema.class {}
StudentInvitationSchema.setClass(StudentInvitation);
