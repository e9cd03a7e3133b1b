import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Transfer } from './transfer.entity.js';
import type { TransferFilter } from './transfer.types.js';

/** Transfers, the newest first. */
export function findTransfers(
  em: EntityManager,
  { tutorId, paymentId, status }: TransferFilter,
  page: PageRequest,
): Promise<Connection<Transfer>> {
  const conditions = [
    sql`true`,
    ...(tutorId ? [isId(tutorId) ? sql`t.tutor_id = ${tutorId}` : sql`false`] : []),
    ...(paymentId ? [isId(paymentId) ? sql`t.payment_id = ${paymentId}` : sql`false`] : []),
    ...(status ? [sql`t.status = ${status}`] : []),
  ];
  return keysetPage(
    em,
    {
      entity: Transfer,
      from: sql`from payments.transfers t where ${sql.join(conditions, sql` and `)}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}
