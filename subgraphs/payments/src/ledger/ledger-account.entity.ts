import { defineEntity, p } from '@mikro-orm/core';
import { type LedgerAccountKind, ledgerAccountKinds } from './ledger.rules.js';

const LedgerAccountSchema = defineEntity({
  name: 'LedgerAccount',
  tableName: 'ledger_accounts',
  uniques: [{ name: 'ledger_accounts_unique', properties: ['kind', 'owner', 'currency'] }],
  checks: [{ name: 'ledger_accounts_currency_check', expression: `currency ~ '^[A-Z]{3}$'` }],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(ledgerAccountKinds).$type<LedgerAccountKind>(),
    /** The tutor or the account whose it is; an empty string when it is the platform's. */
    owner: p.text().default(''),
    currency: p.text(),
    createdAt: p.datetime().columnType('timestamptz'),
  },
});

/** One account of the ledger, in one currency. */
export class LedgerAccount extends LedgerAccountSchema.class {}
LedgerAccountSchema.setClass(LedgerAccount);
