import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import { sql } from 'kysely';
import { Announcement } from './announcement.entity.js';

/** What somebody has sent to people as staff. */
export async function collectAnnouncements(em: EntityManager, userId: string): Promise<PersonalData> {
  const sent = await em.find(Announcement, { createdBy: userId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const announcements = sent.map(({ id, texts, url, metadata, createdAt }) => ({
    id,
    texts,
    url,
    metadata,
    createdAt,
  }));
  return { sections: { announcements } };
}

/** Takes somebody out of what was sent to people by name; what was written to them alone may tell who they are. */
export async function eraseFromAnnouncements(tx: EntityManager, userId: string): Promise<void> {
  const named = sql`audience -> 'userIds' @> to_jsonb(array[${userId}::text])`;
  await sql`update messaging.announcements set texts = '{}'::jsonb, metadata = '{}'::jsonb, url = null
    where ${named} and jsonb_array_length(audience -> 'userIds') = 1`.execute(tx.getKysely());
  await sql`update messaging.announcements
    set audience = jsonb_set(audience, '{userIds}', (audience -> 'userIds') - ${userId}::text) where ${named}`.execute(
    tx.getKysely(),
  );
}
