import { defineEntity, p } from '@mikro-orm/core';
import { type JournalKind, journalKinds } from './ledger.rules.js';

const JournalSchema = defineEntity({
  name: 'Journal',
  tableName: 'journals',
  indexes: [
    { name: 'journals_of_payment', properties: ['paymentId'] },
    { name: 'journals_by_time', properties: ['recordedAt', 'id'] },
    { name: 'journals_of_transaction', properties: ['stripeTransactionId'] },
  ],
  uniques: [{ name: 'journals_once', properties: ['kind', 'cause'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(journalKinds).$type<JournalKind>(),
    /** The id of what happened, ours or Stripe's: each kind once for each. */
    cause: p.text(),
    /** The payment that it is about, if it is about one. */
    paymentId: p.uuid().nullable(),
    /** Stripe's balance transaction that it mirrors, if there is one. */
    stripeTransactionId: p.text().nullable(),
    recordedAt: p.datetime().columnType('timestamptz'),
  },
});

/** Something that happened to money: its postings sum to nothing in each currency. Never changed. */
export class Journal extends JournalSchema.class {}
JournalSchema.setClass(Journal);
