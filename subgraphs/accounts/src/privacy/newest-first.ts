import type { SortKey } from '@tutorgraph/kit/pagination/keyset';
import { type RawBuilder, sql } from 'kysely';

/** Somebody's rows of a table of this room, the newest first. */
export function ownNewestFirst(
  table: 'consents' | 'data_exports',
  time: 'recorded_at' | 'requested_at',
  userId: string,
): { from: RawBuilder<unknown>; order: readonly SortKey[] } {
  return {
    from: sql`from ${sql.table(`accounts.${table}`)} t where t.user_id = ${userId}`,
    order: [
      { expression: sql`t.${sql.ref(time)}`, type: 'timestamptz', direction: 'desc' },
      { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
    ],
  };
}
