import { defineEntity, p } from '@mikro-orm/core';
import { type LessonFormat, type Level, lessonFormats, levels } from '../lessons/lesson.rules.js';
import { Subject } from '../subjects/subject.entity.js';
import { type OrderStatus, orderStatuses } from './order.rules.js';

const OrderSchema = defineEntity({
  name: 'Order',
  tableName: 'orders',
  indexes: [
    { name: 'orders_newest', properties: ['status', 'createdAt', 'id'] },
    { name: 'orders_of_subject', properties: ['subjectId', 'status', 'createdAt', 'id'] },
    { name: 'orders_of_student', properties: ['studentId', 'createdAt', 'id'] },
    { name: 'orders_by_time', properties: ['createdAt'] },
    {
      name: 'orders_of_city',
      expression: 'create index orders_of_city on marketplace.orders (lower(city), status)',
    },
    {
      name: 'orders_search',
      expression: `create index orders_search on marketplace.orders using gin (marketplace.search_document(title || ' ' || coalesce(description, '') || ' ' || coalesce(goal, '')))`,
    },
  ],
  checks: [
    { name: 'orders_title_check', expression: 'length(title) >= 3 and length(title) <= 150' },
    { name: 'orders_description_check', expression: 'length(description) <= 5000' },
    { name: 'orders_goal_check', expression: 'length(goal) <= 2000' },
    { name: 'orders_preferred_times_check', expression: 'length(preferred_times) <= 500' },
    { name: 'orders_city_check', expression: 'length(city) >= 1 and length(city) <= 100' },
    { name: 'orders_in_person_city_check', expression: `city is not null or format = 'ONLINE'` },
    { name: 'orders_budget_check', expression: 'budget_minor >= 1 and budget_minor <= 1000000000' },
    { name: 'orders_budget_currency_check', expression: `budget_currency ~ '^[A-Z]{3}$'` },
    { name: 'orders_budget_whole_check', expression: '(budget_minor is null) = (budget_currency is null)' },
    { name: 'orders_closed_check', expression: `(status = 'OPEN') = (closed_at is null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The student's account; accounts owns it. */
    studentId: p.uuid(),
    subjectId: () => p.manyToOne(Subject).mapToPk().fieldName('subject_id'),
    level: p.enum(levels).$type<Level>(),
    title: p.text(),
    description: p.text().nullable(),
    goal: p.text().nullable(),
    format: p.enum(lessonFormats).$type<LessonFormat>(),
    city: p.text().nullable(),
    /** What the student would pay for an hour at most, in minor units; null when it is open. */
    budgetMinor: p.bigint('number').nullable(),
    budgetCurrency: p.text().nullable(),
    /** In the student's own words. */
    preferredTimes: p.text().nullable(),
    status: p.enum(orderStatuses).$type<OrderStatus>(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** When it stopped being open, matched or not. */
    closedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** What a student looks for. */
export class Order extends OrderSchema.class {}
OrderSchema.setClass(Order);
