import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collectAnnouncements, eraseFromAnnouncements } from '../src/announcements/announcement-privacy.js';
import { eraseFollowed } from '../src/changes/followed-privacy.js';

let graph: TestGraph;
let em: EntityManager;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
  const room = graph.rooms.get('messaging');
  if (!room) throw new Error('The messaging room did not start');
  em = room.orm.em;
});

afterAll(() => graph?.close());

async function send(createdBy: string, userIds: string[]): Promise<string> {
  const id = newId();
  await em.fork().execute(
    `insert into messaging.announcements (id, status, audience, channels, urgency, texts, metadata, created_by, created_at, updated_at)
     values (?, 'SENT', jsonb_build_object('userIds', to_jsonb(?::text[])), '{IN_APP}', 'LOW', '{"en":{"title":"Dear Anna","body":"…"}}', '{}', ?, now(), now())`,
    [id, `{${userIds.join(',')}}`, createdBy],
  );
  return id;
}

const read = async (id: string) =>
  (await em.fork().execute<object[]>('select texts, audience from messaging.announcements where id = ?', [id]))[0];

it('an archive has what somebody sent as staff', async () => {
  const sender = newId();
  const id = await send(sender, [newId()]);
  expect(await collectAnnouncements(em.fork(), sender)).toMatchObject({
    sections: { announcements: [{ id, texts: { en: { title: 'Dear Anna' } } }] },
  });
});

it('who is erased is named in no sending, and what was written to them alone is gone', async () => {
  const [erased, other] = [newId(), newId()];
  const [alone, together, others] = [
    await send(other, [erased]),
    await send(other, [erased, other]),
    await send(other, [other]),
  ];
  await em
    .fork()
    .execute(
      `insert into messaging.followed_changes (user_id, kind, ref_id, changed_at) values (?, 'BOOKING', ?, now())`,
      [erased, newId()],
    );
  await transaction(em, async (tx) => {
    await eraseFromAnnouncements(tx, erased);
    await eraseFollowed(tx, erased);
  });
  const texts = { en: { title: 'Dear Anna', body: '…' } };
  expect(await read(alone)).toEqual({ texts: {}, audience: { userIds: [] } });
  expect(await read(together)).toEqual({ texts, audience: { userIds: [other] } });
  expect(await read(others)).toEqual({ texts, audience: { userIds: [other] } });
  const left = await em.fork().execute<object[]>('select from messaging.followed_changes where user_id = ?', [erased]);
  expect(left).toEqual([]);
});
