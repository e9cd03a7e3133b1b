import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { Test } from '../tests/test.entity.js';

const TestAllowanceSchema = defineEntity({
  name: 'TestAllowance',
  tableName: 'test_allowances',
  indexes: [{ name: 'test_allowances_of_test', properties: ['testId'] }],
  checks: [
    { name: 'test_allowances_attempts_check', expression: `extra_attempts between 0 and 20` },
    { name: 'test_allowances_minutes_check', expression: `extra_minutes between 0 and 480` },
  ],
  properties: {
    enrollmentId: () => p.manyToOne(Enrollment).mapToPk().fieldName('enrollment_id').deleteRule('cascade').primary(),
    testId: () => p.manyToOne(Test).mapToPk().fieldName('test_id').deleteRule('cascade').primary(),
    extraAttempts: p.integer().default(0),
    extraMinutes: p.integer().default(0),
    /** After attempts that ended before this nobody need wait. */
    pauseWaivedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Null once erased. */
    grantedBy: p.uuid().nullable(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a curator has granted a student at a test beyond its rules. */
export class TestAllowance extends TestAllowanceSchema.class {
  declare [PrimaryKeyProp]?: ['enrollmentId', 'testId'];
}
TestAllowanceSchema.setClass(TestAllowance);
