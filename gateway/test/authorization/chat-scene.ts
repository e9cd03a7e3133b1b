import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { decodeJwt } from 'jose';
import type { MadeEntity } from './entity.js';
import type { World } from './world.js';

/** A named room to which these people belong. @returns its id */
async function makeRoom({ graph }: World, userIds: readonly string[]): Promise<string> {
  const id = newId();
  await runSql(
    graph.databaseUrl,
    `insert into messaging.chat_rooms (id, kind, title, member_count, last_sequence, last_activity_at, created_at, updated_at)
     values ($1, 'NAMED', 'Teachers of maths', cardinality($2::uuid[]), 2, now(), now(), now())`,
    [id, userIds],
  );
  await runSql(
    graph.databaseUrl,
    `insert into messaging.chat_members (room_id, user_id, role, joined_at, last_read_sequence)
     select $1, id, 'MEMBER', now(), 2 from unnest($2::uuid[]) as id`,
    [id, userIds],
  );
  return id;
}

/** Arguments of what only members of a room may do: a room of the viewer's. */
export async function joinedRoom(world: World, authorization: string | undefined): Promise<{ roomId: string }> {
  const viewer = authorization && decodeJwt(authorization.slice('Bearer '.length)).sub;
  return { roomId: await makeRoom(world, viewer ? [viewer] : []) };
}

/** Arguments of what only who sends something may do: a sending of the viewer's. */
export async function ownSending({ graph }: World, authorization: string | undefined): Promise<{ id: string }> {
  const id = newId();
  const viewer = authorization && decodeJwt(authorization.slice('Bearer '.length)).sub;
  await runSql(
    graph.databaseUrl,
    `insert into messaging.announcements (id, status, audience, channels, urgency, texts, metadata, created_by, created_at, updated_at)
     values ($1, 'CANCELLED', '{"role":"HR"}', '{IN_APP}', 'LOW', '{}', '{}', $2, now(), now())`,
    [id, viewer ?? newId()],
  );
  return { id };
}

/** A message that answers another, with all that it may have. */
export async function makeChatMessage(world: World): Promise<MadeEntity> {
  const { graph } = world;
  const [author, member] = [await graph.person('STUDENT'), await graph.person('TUTOR')];
  const roomId = await makeRoom(world, [author.userId, member.userId]);
  const ids = { first: newId(), second: newId() };
  await runSql(
    graph.databaseUrl,
    `insert into messaging.chat_messages (id, room_id, sequence, author_id, text, reply_to_id, edited_at, created_at)
     values ($1, $3, 1, $5, 'When?', null, null, now()), ($2, $3, 2, $4, 'At ten.', $1, now(), now())`,
    [ids.first, ids.second, roomId, author.userId, member.userId],
  );
  await runSql(
    graph.databaseUrl,
    `insert into messaging.chat_attachments (id, message_id, position, name, content_type, size, key)
     values ($1, $2, 0, 'plan.pdf', 'application/pdf', 100, 'attachments/plan')`,
    [newId(), ids.second],
  );
  await runSql(
    graph.databaseUrl,
    `insert into messaging.chat_reactions (message_id, user_id, emoji, created_at) values ($1, $2, '👍', now())`,
    [ids.second, member.userId],
  );
  return {
    key: { id: ids.second },
    viewers: {
      author: author.authorization,
      member: member.authorization,
      supervisor: (await graph.person('SUPERVISOR')).authorization,
      somebody: (await graph.person('STUDENT')).authorization,
      nobody: undefined,
    },
  };
}

/** The group of a course with somebody whom its moderator keeps out, and a message that it keeps in view. */
export async function makeGroup(world: World): Promise<MadeEntity> {
  const { graph } = world;
  const [moderator, member] = [await graph.person('TUTOR'), await graph.person('STUDENT')];
  const [banned, curator] = [await graph.person('STUDENT'), await graph.person('CURATOR')];
  const roomId = await makeRoom(world, [moderator.userId, member.userId, banned.userId]);
  const group = `update messaging.chat_rooms set kind = 'GROUP', course_id = $2, description = 'All of it' where id = $1`;
  await runSql(graph.databaseUrl, group, [roomId, newId()]);
  await runSql(
    graph.databaseUrl,
    `update messaging.chat_members set role = case when user_id = $2 then 'MODERATOR' else role end,
       ended_at = case when user_id = $3 then now() end, ending = case when user_id = $3 then 'BANNED' end
     where room_id = $1`,
    [roomId, moderator.userId, banned.userId],
  );
  await pinMessage(world, roomId, member.userId);
  return {
    key: { id: roomId },
    viewers: {
      moderator: moderator.authorization,
      member: member.authorization,
      banned: banned.authorization,
      curator: curator.authorization,
      supervisor: (await graph.person('SUPERVISOR')).authorization,
      somebody: (await graph.person('STUDENT')).authorization,
      nobody: undefined,
    },
  };
}

/** The room of a student and a tutor, with a message that it keeps in view. */
export async function makeDirectRoom(world: World): Promise<MadeEntity> {
  const { graph } = world;
  const [student, tutor] = [await graph.person('STUDENT'), await graph.person('TUTOR')];
  const roomId = await makeRoom(world, [student.userId, tutor.userId]);
  await runSql(
    graph.databaseUrl,
    `update messaging.chat_rooms set kind = 'DIRECT', title = null, unique_key = 'direct:' || $2 || ':' || $3 where id = $1`,
    [roomId, ...[student.userId, tutor.userId].sort()],
  );
  await pinMessage(world, roomId, tutor.userId);
  return {
    key: { id: roomId },
    viewers: {
      student: student.authorization,
      tutor: tutor.authorization,
      curator: (await graph.person('CURATOR')).authorization,
      supervisor: (await graph.person('SUPERVISOR')).authorization,
      somebody: (await graph.person('STUDENT')).authorization,
      nobody: undefined,
    },
  };
}

async function pinMessage({ graph }: World, roomId: string, authorId: string): Promise<void> {
  const id = newId();
  await runSql(
    graph.databaseUrl,
    `insert into messaging.chat_messages (id, room_id, sequence, author_id, text, created_at)
     values ($1, $2, 2, $3, 'At ten.', now())`,
    [id, roomId, authorId],
  );
  await runSql(
    graph.databaseUrl,
    'insert into messaging.chat_pins (message_id, room_id, pinned_by, pinned_at) values ($1, $2, $3, now())',
    [id, roomId, authorId],
  );
}
