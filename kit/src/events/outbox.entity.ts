import { defineEntity, p } from '@mikro-orm/core';
import type { DomainEvent } from './event.js';

const OutboxSchema = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  indexes: [{ name: 'outbox_unnumbered', properties: ['sequence'], where: 'position is null' }],
  uniques: [{ name: 'outbox_position_unique', properties: ['position'] }],
  properties: {
    /** Order of insertion. Never a cursor: a lower one may be committed later. */
    sequence: p.bigint('number').primary().autoincrement(),
    event: p.json<DomainEvent>(),
    /** Place in the stream, given by the relay; null until then. */
    position: p.bigint('number').nullable(),
    positionedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** An event that its business transaction left to be published. */
export class Outbox extends OutboxSchema.class {}
OutboxSchema.setClass(Outbox);

const OutboxRelaySchema = defineEntity({
  name: 'OutboxRelay',
  tableName: 'outbox_relay',
  checks: [{ name: 'outbox_relay_single', expression: 'id = 1' }],
  properties: {
    id: p.smallint().primary().autoincrement(false),
    lastPosition: p.bigint('number').default(0),
  },
});

/** The one row whose lock decides which relay gives positions. */
export class OutboxRelay extends OutboxRelaySchema.class {}
OutboxRelaySchema.setClass(OutboxRelay);
