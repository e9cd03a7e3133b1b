import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { MadeEntity } from './entity.js';
import type { World } from './world.js';

const VALUES = { 'title:en': 'Hello', 'body:en': 'There', link: 'https://app.example.com', 'metadata.kind': 'test' };

/** A notification that was read, with a delivery. */
export async function makeNotification({ graph }: World): Promise<MadeEntity> {
  const owner = await graph.person('STUDENT');
  const id = newId();
  await runSql(
    graph.databaseUrl,
    `insert into messaging.notifications
       (id, user_id, type, source_id, urgency, "values", target_kind, target_id, read_at, created_at)
     values ($1::uuid, $2::uuid, 'STAFF_MESSAGE', $1::uuid::text, 'NORMAL', $3, 'ACCOUNT', $2::uuid, now(), now())`,
    [id, owner.userId, JSON.stringify(VALUES)],
  );
  await runSql(
    graph.databaseUrl,
    `insert into messaging.deliveries (id, notification_id, channel, status, attempts, due_at, created_at, updated_at)
     values ($1, $2, 'IN_APP', 'DELIVERED', 0, now(), now(), now())`,
    [newId(), id],
  );
  return {
    key: { id },
    viewers: {
      owner: owner.authorization,
      supervisor: (await graph.person('SUPERVISOR')).authorization,
      admin: (await graph.person('ADMIN')).authorization,
      somebody: (await graph.person('STUDENT')).authorization,
      nobody: undefined,
    },
  };
}
