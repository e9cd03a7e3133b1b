import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { keysetPage, type PageRequest } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { Announcement } from './announcement.entity.js';

/** Sendings by id, batched; whoever loads one decides who sees it. */
export const announcementsById = defineLoader<string, Announcement | null>(
  async ({ em }, ids) => {
    const found = await em.find(Announcement, { id: { $in: ids.filter(isId) } }, { refresh: true });
    return new Map(found.map((announcement) => [announcement.id, announcement]));
  },
  { absent: () => null },
);

/** A sending, locked as it is now until the transaction ends. */
export async function lockAnnouncement(tx: EntityManager, id: string): Promise<Announcement | null> {
  if (!isId(id)) return null;
  return tx.findOne(Announcement, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

/** Sendings, the newest first; of one sender, or all. */
export function findAnnouncements(
  em: EntityManager,
  createdBy: string | null,
  page: PageRequest,
): Promise<Connection<Announcement>> {
  const condition = createdBy ? sql`t.created_by = ${createdBy}` : sql`true`;
  return keysetPage(
    em,
    {
      entity: Announcement,
      from: sql`from messaging.announcements t where ${condition}`,
      order: [
        { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
        { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
      ],
    },
    page,
  );
}

/** How many people listen to a push topic. */
export async function countListeners(em: EntityManager, topic: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    select count(distinct user_id)::int as number from messaging.devices where topics @> array[${topic}]::text[]`.execute(
    em.getKysely(),
  );
  return rows[0]?.number ?? 0;
}
