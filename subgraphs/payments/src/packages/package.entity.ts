import { defineEntity, p } from '@mikro-orm/core';
import { type PackageStatus, packageStatuses } from './package.rules.js';

const LessonPackageSchema = defineEntity({
  name: 'LessonPackage',
  tableName: 'packages',
  indexes: [
    { name: 'packages_of_student', properties: ['studentId', 'createdAt', 'id'] },
    { name: 'packages_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'packages_to_expire', properties: ['validUntil'], where: `status = 'ACTIVE'` },
  ],
  checks: [
    {
      name: 'packages_lessons_check',
      expression: `lessons >= 2 and lessons <= 100 and used_lessons >= 0 and refunded_lessons >= 0 and used_lessons + refunded_lessons <= lessons`,
    },
    { name: 'packages_amount_check', expression: `amount_minor > 0 and amount_minor <= 4000000000` },
    { name: 'packages_credit_check', expression: `credit_minor >= 0 and credit_minor <= amount_minor` },
    { name: 'packages_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'packages_valid_check', expression: `(status in ('PENDING', 'CANCELLED')) = (valid_until is null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    status: p.enum(packageStatuses).$type<PackageStatus>(),
    studentId: p.uuid(),
    tutorId: p.uuid(),
    subjectId: p.uuid(),
    durationMinutes: p.integer(),
    /** Lessons bought, taken (or booked), and paid back. */
    lessons: p.integer(),
    usedLessons: p.integer().default(0),
    refundedLessons: p.integer().default(0),
    amountMinor: p.bigint('number'),
    currency: p.text(),
    commissionPercent: p.integer(),
    /** Of the amount, what has not become lessons, gone back or been lost. */
    creditMinor: p.bigint('number').default(0),
    validDays: p.integer(),
    /** From when it was paid; null before. */
    validUntil: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Lessons with one tutor that were bought at once. */
export class LessonPackage extends LessonPackageSchema.class {}
LessonPackageSchema.setClass(LessonPackage);
