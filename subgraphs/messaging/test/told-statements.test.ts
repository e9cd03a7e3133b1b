import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { verificationSubmitted } from '@tutorgraph/schema/events/marketplace';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { notificationTypes } from '../src/catalogue/catalogue.js';
import { notificationsConsumers } from '../src/consumers/notifications.consumer.js';
import { Notification } from '../src/notifications/notification.entity.js';
import { Notifier } from '../src/notifications/notify.js';
import { type TestTutor, Told } from './told.js';

let told: Told;

beforeAll(async () => {
  told = await Told.open();
});

afterAll(() => told.close());

/** Deals with an event as the consumer does. @returns how many statements every room sent for it */
async function statementsFor(event: DomainEvent): Promise<number> {
  const em: EntityManager = told.room('messaging').orm.em;
  const notifier = new Notifier(async () => {});
  const consumers = notificationsConsumers(notificationTypes, { graph: told.graph.client, em, notifier });
  const handler = consumers.find(({ stream }) => stream === 'marketplace')?.handlers[event.type];
  if (!handler) throw new Error(`Nobody is told of ${event.type}`);
  const { statements } = await withStatements(async () => {
    const prepared = await handler.prepare?.(event);
    await transaction(em, (tx) => handler.apply(tx, event, prepared));
  });
  return statements.length;
}

function submitted({ tutorId, userId }: TestTutor): DomainEvent {
  return {
    ...{ specversion: '1.0', datacontenttype: 'application/json', source: 'tutorgraph/marketplace' },
    ...{ id: newId(), type: verificationSubmitted.type, subject: newId(), time: new Date().toISOString() },
    data: { tutorId, userId, kind: 'DIPLOMA' },
  };
}

it('tells thirty of staff with as many statements as one', async () => {
  const tutor = await told.tutor();
  await told.graph.person('HR');
  const few = await statementsFor(submitted(tutor));
  for (let count = 0; count < 30; count++) await told.graph.person('HR');
  const event = submitted(tutor);
  expect(await statementsFor(event)).toBe(few);
  const em = told.room('messaging').orm.em.fork();
  expect(await em.count(Notification, { targetId: event.subject })).toBeGreaterThan(30);
});
