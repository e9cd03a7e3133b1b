import { defineEntity, p } from '@mikro-orm/core';
import { Order } from '../orders/order.entity.js';
import { Tutor } from '../tutors/tutor.entity.js';
import { type ApplicationStatus, applicationStatuses } from './application.rules.js';

const ApplicationSchema = defineEntity({
  name: 'Application',
  tableName: 'applications',
  uniques: [
    { name: 'applications_once_per_tutor', properties: ['orderId', 'tutorId'] },
    { name: 'applications_one_chosen', properties: ['orderId'], where: `status = 'CHOSEN'` },
  ],
  indexes: [
    { name: 'applications_of_order', properties: ['orderId', 'createdAt', 'id'] },
    { name: 'applications_of_tutor', properties: ['tutorId', 'createdAt', 'id'] },
    { name: 'applications_by_time', properties: ['createdAt'] },
    { name: 'applications_chosen_by_time', properties: ['decidedAt'], where: `status = 'CHOSEN'` },
  ],
  checks: [
    { name: 'applications_message_check', expression: 'length(message) >= 1 and length(message) <= 2000' },
    { name: 'applications_rate_check', expression: 'rate_minor >= 1 and rate_minor <= 1000000000' },
    { name: 'applications_currency_check', expression: `currency ~ '^[A-Z]{3}$'` },
    { name: 'applications_decided_check', expression: `(status = 'PENDING') = (decided_at is null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().fieldName('order_id'),
    tutorId: () => p.manyToOne(Tutor).mapToPk().fieldName('tutor_id'),
    message: p.text(),
    /** What the tutor asks for an hour, in minor units. */
    rateMinor: p.bigint('number'),
    currency: p.text(),
    status: p.enum(applicationStatuses).$type<ApplicationStatus>(),
    createdAt: p.datetime().columnType('timestamptz'),
    /** When it left PENDING. */
    decidedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A tutor's answer to an order. */
export class Application extends ApplicationSchema.class {}
ApplicationSchema.setClass(Application);
