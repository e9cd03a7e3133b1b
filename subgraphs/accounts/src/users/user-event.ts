import type { EntityManager } from '@mikro-orm/postgresql';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import { recordEventIf } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';

/** Records an event about an account if there is one of its subject's id; what it takes does not tell. */
export function recordEventOfUser(tx: EntityManager, event: DomainEvent): Promise<void> {
  return recordEventIf(tx, event, sql`exists (select from accounts.users where id = ${event.subject}::uuid)`);
}
