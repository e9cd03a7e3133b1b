import { defineEntity, p } from '@mikro-orm/core';
import { Journal } from './journal.entity.js';
import { LedgerAccount } from './ledger-account.entity.js';

const PostingSchema = defineEntity({
  name: 'Posting',
  tableName: 'postings',
  indexes: [
    { name: 'postings_of_journal', properties: ['journalId'] },
    { name: 'postings_of_account', properties: ['accountId', 'id'] },
  ],
  checks: [{ name: 'postings_amount_check', expression: `amount_minor <> 0` }],
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    journalId: () => p.manyToOne(Journal).mapToPk().fieldName('journal_id'),
    accountId: () => p.manyToOne(LedgerAccount).mapToPk().fieldName('account_id'),
    currency: p.text(),
    /** Debits are positive. */
    amountMinor: p.bigint('number'),
  },
});

/** One side of a journal. Never changed. */
export class Posting extends PostingSchema.class {}
PostingSchema.setClass(Posting);
