import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { badUserInput } from '@tutorgraph/kit/graphql/errors';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';
import type { User } from '../users/user.entity.js';
import { usersById } from '../users/user.repository.js';
import type { AuditAction } from './audit.rules.js';
import { AuditEntry } from './audit-entry.entity.js';

/** What is looked for; conditions add up. */
export interface AuditSearch {
  actorId?: string | null;
  subjectId?: string | null;
  action?: AuditAction | null;
  from?: Date | null;
  to?: Date | null;
}

/** Reading the audit log. */
export class AuditService {
  /** A page of it, the newest first. @throws BAD_USER_INPUT for an id that is none */
  log(context: RequestContext, search: AuditSearch, page: PageRequest): Promise<Connection<AuditEntry>> {
    return findEntries(context.em, search, page);
  }

  /** Somebody in it. */
  person(context: RequestContext, id: string | null): Promise<User | null> {
    return id ? context.loader(usersById).load(id) : Promise.resolve(null);
  }
}

function findEntries(em: EntityManager, search: AuditSearch, page: PageRequest): Promise<Connection<AuditEntry>> {
  const conditions = [
    sql`true`,
    ...person(search.actorId, 'actorId', (id) => sql`t.actor_id = ${id}`),
    ...person(search.subjectId, 'subjectId', (id) => sql`t.subject_id = ${id}`),
    ...(search.action ? [sql`t.action = ${search.action}`] : []),
    ...(search.from ? [sql`t.at >= ${search.from}::timestamptz`] : []),
    ...(search.to ? [sql`t.at < ${search.to}::timestamptz`] : []),
  ];
  return keysetPage(
    em,
    {
      entity: AuditEntry,
      from: sql`from accounts.audit_entries t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

function person(
  id: string | null | undefined,
  field: string,
  condition: (id: string) => RawBuilder<unknown>,
): RawBuilder<unknown>[] {
  if (!id) return [];
  if (!isId(id)) throw badUserInput(`filter.${field} must be the id of an account`);
  return [condition(id)];
}
