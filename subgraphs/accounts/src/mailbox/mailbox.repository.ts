import type { EntityManager } from '@mikro-orm/postgresql';
import { DevelopmentMessage } from '@tutorgraph/kit/delivery/development-message.entity';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';

const newestFirst: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** Messages that were kept instead of being sent, the newest first. */
export function listMessages(em: EntityManager, page: PageRequest): Promise<Connection<DevelopmentMessage>> {
  const from = sql`from accounts.development_messages t where true`;
  return keysetPage(em, { entity: DevelopmentMessage, from, order: newestFirst }, page);
}
