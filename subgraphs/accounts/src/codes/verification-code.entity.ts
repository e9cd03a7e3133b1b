import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';
import { codePurposes, MOST_ATTEMPTS } from './verification-code.rules.js';

const VerificationCodeSchema = defineEntity({
  name: 'VerificationCode',
  tableName: 'verification_codes',
  primaryKeys: ['userId', 'purpose'],
  uniques: [{ name: 'verification_codes_id_unique', properties: ['id'] }],
  indexes: [{ name: 'verification_codes_expiry', properties: ['expiresAt'] }],
  checks: [
    {
      name: 'verification_codes_attempts_check',
      expression: `attempts >= 0 and attempts <= ${MOST_ATTEMPTS}`,
    },
  ],
  properties: {
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').primary(),
    purpose: p.enum(codePurposes).$type<(typeof codePurposes)[number]>().primary(),
    /** The code follows from it and our secret, so that whoever delivers it needs no more. */
    id: p.uuid(),
    /** The address or number that the code proves. */
    target: p.text(),
    codeHash: p.text(),
    /** How often a code was tried. */
    attempts: p.integer().default(0),
    createdAt: p.datetime().columnType('timestamptz'),
    expiresAt: p.datetime().columnType('timestamptz'),
    usedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** The one code of a person for a purpose; a newer one takes its place. */
export class VerificationCode extends VerificationCodeSchema.class {}
VerificationCodeSchema.setClass(VerificationCode);
