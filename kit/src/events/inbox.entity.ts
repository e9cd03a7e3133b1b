import { defineEntity, p } from '@mikro-orm/core';
import type { DomainEvent } from './event.js';

const InboxSchema = defineEntity({
  name: 'Inbox',
  tableName: 'inbox',
  primaryKeys: ['consumer', 'stream'],
  properties: {
    consumer: p.text().primary(),
    stream: p.text().primary(),
    /** The last position whose effect is here, or that was given up. */
    position: p.bigint('number'),
    /** Failures of the event that follows. */
    failures: p.integer().default(0),
  },
});

/** How far a consumer group has come in a stream; moved in the transaction of each effect. */
export class Inbox extends InboxSchema.class {}
InboxSchema.setClass(Inbox);

const DeadLetterSchema = defineEntity({
  name: 'DeadLetter',
  tableName: 'dead_letters',
  primaryKeys: ['consumer', 'stream', 'position'],
  properties: {
    consumer: p.text().primary(),
    stream: p.text().primary(),
    position: p.bigint('number').primary(),
    event: p.json<DomainEvent>(),
    /** The last failure's code; messages may hold personal data and are not kept. */
    errorCode: p.text(),
    failures: p.integer(),
    failedAt: p.datetime().columnType('timestamptz'),
  },
});

/** An event that a consumer group gave up after many attempts. */
export class DeadLetter extends DeadLetterSchema.class {}
DeadLetterSchema.setClass(DeadLetter);
