import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Application } from './application.entity.js';
import type { ApplicationStatus } from './application.rules.js';

/** An application by id. */
export function findApplication(em: EntityManager, id: string): Promise<Application | null> {
  return isId(id) ? em.findOne(Application, { id }) : Promise.resolve(null);
}

/** An application as it is now, locked until the transaction ends. */
export function lockApplication(tx: EntityManager, id: string): Promise<Application> {
  return tx.findOneOrFail(Application, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Applications to an order that nobody has decided, locked in the order of their ids. */
export function lockPendingApplications(tx: EntityManager, orderId: string): Promise<Application[]> {
  return tx.find(
    Application,
    { orderId, status: 'PENDING' },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
}

/** A page of a tutor's applications, the newest first. */
export function findApplicationsOf(
  em: EntityManager,
  tutorId: string,
  status: ApplicationStatus | null | undefined,
  page: PageRequest,
): Promise<Connection<Application>> {
  const condition = status ? sql`and t.status = ${status}` : sql``;
  return keysetPage(
    em,
    {
      entity: Application,
      from: sql`from marketplace.applications t where t.tutor_id = ${tutorId} ${condition}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
