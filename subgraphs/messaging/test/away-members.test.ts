import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AWAY_MS, tellAwayMembers } from '../src/away-members/tell-away-members.js';
import { named } from '../src/catalogue/names.js';
import { Notification } from '../src/notifications/notification.entity.js';
import { Notifier } from '../src/notifications/notify.js';
import { Chat } from './chat.js';

let chat: Chat;
let staff: TestPerson;

beforeAll(async () => {
  chat = await Chat.open();
  staff = await chat.graph.person('ADMIN', { firstName: 'Olga', lastName: 'Admin' });
});

afterAll(() => chat.close());

const later = (): Date => new Date(Date.now() + AWAY_MS + 1_000);

function orm() {
  const room = chat.graph.rooms.get('messaging');
  if (!room) throw new Error('messaging does not run');
  return room.orm;
}

/** Looks into who is away, as the job does. */
function look(roomId: string, now = later()): Promise<boolean> {
  const core = { graph: chat.graph.client, em: orm().em, notifier: new Notifier(async () => {}) };
  return tellAwayMembers(core, roomId, now);
}

async function toldTo({ userId }: TestPerson): Promise<Notification['values'][]> {
  const found = await orm()
    .em.fork()
    .find(Notification, { userId, type: 'CHAT_MESSAGE' }, { orderBy: { id: 'asc' } });
  return found.map(({ values }) => values);
}

/** Somebody reads a room up to a message. */
async function reads({ userId }: TestPerson, roomId: string, sequence: number): Promise<void> {
  await transaction(orm().em, (tx) =>
    tx.execute('update messaging.chat_members set last_read_sequence = ? where room_id = ? and user_id = ?', [
      sequence,
      roomId,
      userId,
    ]),
  );
}

describe('members who are away', () => {
  it('are told once of all that waits until they read, and never of what they wrote themselves', async () => {
    const [anna, boris] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [anna, boris]);
    const first = await chat.says(staff, roomId, 'Hello');
    await chat.says(staff, roomId, 'Is anybody there?');
    await reads(boris, roomId, first.sequence + 1);
    await look(roomId);
    await look(roomId);
    const author = named('author', { id: staff.userId, name: 'Olga A.' });
    const values = { ...author, roomTitle: 'Teachers of maths', context: 'ROOM', count: 2 };
    expect(await toldTo(anna)).toEqual([values]);
    expect([await toldTo(boris), await toldTo(staff)]).toEqual([[], []]);
    await reads(anna, roomId, first.sequence + 1);
    await chat.says(staff, roomId, 'Good');
    await look(roomId);
    expect((await toldTo(anna)).map(({ count }) => count)).toEqual([2, 1]);
  });

  it('are those who have not read for a while: for others it is looked again', async () => {
    const anna = await chat.student();
    const roomId = await chat.named(staff, [anna]);
    await chat.says(staff, roomId, 'Hello');
    expect(await look(roomId, new Date())).toBe(true);
    expect(await toldTo(anna)).toEqual([]);
    expect(await look(roomId)).toBe(false);
    expect(await toldTo(anna)).toHaveLength(1);
  });

  it('are left in peace when they muted the room, blocked whoever wrote, left, or the message was deleted', async () => {
    const [muted, blocking, left] = [await chat.student(), await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [muted, blocking, left]);
    await chat.sql(
      `update messaging.chat_members set muted_until = now() + interval '1 day' where room_id = ? and user_id = ?`,
      [roomId, muted.userId],
    );
    await chat.sql('insert into messaging.user_blocks (blocker_id, blocked_id, created_at) values (?, ?, now())', [
      blocking.userId,
      staff.userId,
    ]);
    await chat.says(staff, roomId, 'Hello');
    await chat.endMembership(roomId, left.userId);
    await look(roomId);
    expect([await toldTo(muted), await toldTo(blocking), await toldTo(left)]).toEqual([[], [], []]);
    const quiet = await chat.student();
    const other = await chat.named(staff, [quiet]);
    const { id } = await chat.says(staff, other, 'A mistake');
    await chat.sql(`update messaging.chat_messages set text = '', deleted_at = now() where id = ?`, [id]);
    await look(other);
    expect(await toldTo(quiet)).toEqual([]);
  });

  it('are told with as many statements however many they are', async () => {
    const alone = await chat.named(staff, [await chat.student()]);
    const people: TestPerson[] = [];
    for (let count = 0; count < 20; count++) people.push(await chat.student());
    const many = await chat.named(staff, people);
    for (const roomId of [alone, many]) await chat.says(staff, roomId, 'Hello');
    const forOne = await withStatements(() => look(alone));
    const forMany = await withStatements(() => look(many));
    expect(forMany.statements.length).toBe(forOne.statements.length);
    for (const person of people) expect(await toldTo(person)).toHaveLength(1);
  });

  it('are found out by themselves, soon after a message', async () => {
    const anna = await chat.student();
    const roomId = await chat.named(staff, [anna]);
    await chat.says(staff, roomId, 'Hello');
    await chat.says(staff, roomId, 'Hello again');
    const jobs = async () => {
      const rows = await chat.sql<{ count: string }>(
        `select count(*) from messaging_jobs.job where name = 'tell-away-members' and data->>'roomId' = ?`,
        [roomId],
      );
      return Number(rows[0]?.count);
    };
    await expect.poll(jobs, { timeout: 20_000 }).toBe(1);
  });
});
