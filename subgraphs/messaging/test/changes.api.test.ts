import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { defineEvent } from '@tutorgraph/kit/events/event';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { paymentOpened } from '@tutorgraph/schema/events/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat } from './chat.js';
import { Said } from './said.js';
import { School } from './school.js';

let chat: Chat;
let school: School;
let payments: Said;
let staff: TestPerson;

beforeAll(async () => {
  chat = await Chat.open({}, ['accounts', 'marketplace', 'messaging']);
  school = new School(chat);
  payments = new Said(chat, 'payments');
  staff = await chat.graph.person('ADMIN');
});

afterAll(() => chat?.close());

const SINCE = `query ($cursor: String, $first: Int) { changesSince(cursor: $cursor, first: $first) {
  isReset hasMore cursor
  rooms { id isNew room { title unreadCount myMembership { role } } }
  messages { id sequence text isDeleted author { id } room { id } }
  notifications { id notification { title readAt } }
  followed { id kind subject { __typename ... on Booking { id } ... on Order { id } ... on Payment { id } } }
} }`;

const description = 'As payments publishes it.';
const opened = defineEvent({ type: paymentOpened.type, description, data: paymentOpened.schema });

interface Changes {
  isReset: boolean;
  hasMore: boolean;
  cursor: string;
  rooms: { id: string; isNew: boolean; room: object | null }[];
  messages: { id: string; sequence: number; text: string }[];
  followed: { id: string; kind: string; subject: object | null }[];
}

async function since(person: TestPerson, cursor?: string, first?: number): Promise<Changes> {
  const { data, errors } = await chat.run(SINCE, { cursor, first }, person);
  expect(errors).toBeUndefined();
  return data['changesSince'] as Changes;
}

describe('changesSince', () => {
  it('tells what was said in rooms of one’s own, and that one belongs to them no longer', async () => {
    const [one, other, stranger] = [await chat.student(), await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [one, other]);
    const { id } = await chat.says(other, roomId, 'Hello');
    const first = await since(one);
    const message = {
      id,
      sequence: 1,
      text: 'Hello',
      isDeleted: false,
      author: { id: other.userId },
      room: { id: roomId },
    };
    const room = { title: 'Teachers of maths', unreadCount: 1, myMembership: { role: 'MEMBER' } };
    expect(first).toMatchObject({ isReset: true, hasMore: false });
    expect(first.messages).toEqual([message]);
    expect(first.rooms).toEqual([{ id: roomId, isNew: true, room }]);
    expect(await since(stranger)).toMatchObject({ rooms: [], messages: [] });

    const { cursor } = await since(one, first.cursor);
    await chat.says(other, roomId, 'Are you there?');
    const second = await since(one, cursor);
    expect(second).toMatchObject({ isReset: false, messages: [{ sequence: 2, text: 'Are you there?' }] });
    expect(second.rooms).toMatchObject([{ id: roomId, isNew: false }]);

    await chat.endMembership(roomId, one.userId);
    await chat.says(other, roomId, 'Nobody there');
    expect(await since(one, second.cursor)).toMatchObject({
      rooms: [{ id: roomId, isNew: false, room: null }],
      messages: [],
    });
  });

  it('is for who is signed in, in pages of at most a hundred', async () => {
    const one = await chat.student();
    expect((await chat.run(SINCE)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await chat.run(SINCE, { first: 101 }, one)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await chat.run(SINCE, { first: 0 }, one)).codes).toEqual(['BAD_USER_INPUT']);
    expect((await chat.run(SINCE, { cursor: 'nonsense' }, one)).codes).toEqual(['BAD_USER_INPUT']);
  });

  it('takes as many statements for a hundred changes as for few', async () => {
    const one = await chat.student();
    const counts: number[] = [];
    for (const number of [1, 9]) {
      for (let added = 0; added < number; added++) {
        const roomId = await chat.named(staff, [one]);
        await chat.sql(
          `with said as (
             insert into messaging.chat_messages (id, room_id, sequence, author_id, text, created_at)
             select gen_random_uuid(), ?, n, ?, 'Hello', now() from generate_series(1, 9) n
           ) update messaging.chat_rooms set last_sequence = 9 where id = ?`,
          [roomId, staff.userId, roomId],
        );
      }
      const { result, statements } = await withStatements(() => since(one, undefined, 100));
      expect(result.rooms.length + result.messages.length).toBe(number === 1 ? 10 : 100);
      counts.push(statements.length);
    }
    expect(counts[1]).toBe(counts[0]);
  });

  it('refers to lessons, orders and payments of others rooms that changed, for both sides', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    const [ofStudent, ofTutor] = [await since(student), await since(tutor)];
    const followed = async (person: TestPerson, { cursor }: Changes) =>
      Object.fromEntries(
        (await since(person, cursor)).followed.map(({ kind, id, subject }) => [`${kind} ${id}`, subject]),
      );
    const orderId = await school.order(student);
    const bookingId = await school.booking(student, tutor);
    const paymentId = newId();
    const data = { bookingId, packageId: null, payerId: student.userId, tutorId: tutor.tutorId };
    await payments.say(opened.create({ subject: paymentId, data }));
    await payments.heard('followed-changes');
    const booking = { [`BOOKING ${bookingId}`]: { __typename: 'Booking', id: bookingId } };
    const order = { [`ORDER ${orderId}`]: { __typename: 'Order', id: orderId } };
    await expect.poll(() => followed(tutor, ofTutor), { timeout: 20_000 }).toMatchObject(booking);
    expect(await followed(tutor, ofTutor)).not.toMatchObject(order);
    const payment = { [`PAYMENT ${paymentId}`]: { __typename: 'Payment', id: paymentId } };
    expect(await followed(student, ofStudent)).toMatchObject({ ...booking, ...order, ...payment });
    await school.application(tutor, orderId);
    await expect.poll(() => followed(tutor, ofTutor), { timeout: 20_000 }).toMatchObject(order);
    // Who starts anew is not told of what was deleted.
    await chat.sql('update messaging.followed_changes set is_deleted = true where ref_id = ?', [orderId]);
    expect(await followed(student, ofStudent)).toMatchObject({ [`ORDER ${orderId}`]: null });
    expect((await since(student)).followed.map(({ id }) => id)).not.toContain(orderId);
  });
});

describe('a device that was offline', () => {
  it('may send what waits in it twice, and nothing is done twice', async () => {
    const [one, other] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [one, other]);
    const { id: messageId } = await chat.says(one, roomId, 'Befor');
    const { id: regretted } = await chat.says(one, roomId, 'Never mind');
    const { cursor } = await since(other);
    const queue: [string, object][] = [
      ['sendMessage', { roomId, text: 'First', idempotencyKey: newId() }],
      ['sendMessage', { roomId, text: 'Second', idempotencyKey: newId() }],
      ['editMessage', { messageId, text: 'Before' }],
      ['deleteMessage', { messageId: regretted }],
      ['addReaction', { messageId, emoji: '👍' }],
      ['muteChatRoom', { roomId, until: new Date(Date.now() + 60_000).toISOString() }],
      ['createChatRoom', { kind: 'SUPPORT', idempotencyKey: newId() }],
      ['blockUser', { userId: other.userId }],
      ['unblockUser', { userId: other.userId }],
    ];
    const replay = async () => {
      const payloads = [];
      for (const [field, input] of queue) {
        const { payload, refused, codes } = await chat.mutate(field, input, one);
        expect([...refused, ...codes]).toEqual([]);
        payloads.push(payload);
      }
      return payloads;
    };
    const [first, again] = [await replay(), await replay()];
    expect(again.slice(0, 2)).toEqual(first.slice(0, 2));
    const rooms = await since(one);
    expect(rooms.rooms).toHaveLength(2);
    const { messages } = await since(other, cursor);
    expect(messages.toSorted((a, b) => a.sequence - b.sequence).map(({ text }) => text)).toEqual([
      'Before',
      '',
      'First',
      'Second',
    ]);
  });
});
