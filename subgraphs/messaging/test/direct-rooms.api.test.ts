import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { packageBought, paymentSucceeded } from '@tutorgraph/schema/events/payments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectRooms } from '../src/chat-rooms/direct-rooms.js';
import { Chat } from './chat.js';
import { Said } from './said.js';
import { School, type TestTutor } from './school.js';

let chat: Chat;
let school: School;
let payments: Said;
const description = 'As payments publishes it.';
const succeeded = defineEvent({ type: paymentSucceeded.type, description, data: paymentSucceeded.schema });
const bought = defineEvent({ type: packageBought.type, description, data: packageBought.schema });

beforeAll(async () => {
  chat = await Chat.open({}, ['accounts', 'marketplace', 'messaging']);
  school = new School(chat);
  payments = new Said(chat, 'payments');
});

afterAll(() => chat.close());

interface Direct {
  id: string;
  hidesContacts: boolean;
  counterpart: { id: string };
}

const DIRECT = '{ chatRooms(filter: { kind: DIRECT }) { edges { node { id hidesContacts counterpart { id } } } } }';

async function directRooms(person: TestPerson): Promise<Direct[]> {
  const { data } = await chat.run(DIRECT, {}, person);
  return (data['chatRooms'] as { edges: { node: Direct }[] }).edges.map(({ node }) => node);
}

/** The only room of two people, once there is one. */
async function roomOf(one: TestPerson, other: TestPerson): Promise<Direct> {
  await expect.poll(() => directRooms(one), { timeout: 20_000, interval: 50 }).toHaveLength(1);
  const [room] = await directRooms(one);
  expect(room).toMatchObject({ counterpart: { id: other.userId } });
  expect(await directRooms(other)).toMatchObject([{ id: room?.id, counterpart: { id: one.userId } }]);
  return room ?? expect.fail('there is none');
}

async function pay(student: TestPerson, tutor: TestTutor): Promise<void> {
  const data = { bookingId: newId(), packageId: null, payerId: student.userId, tutorId: tutor.tutorId };
  await payments.say(succeeded.create({ subject: newId(), data }));
  await payments.heard('direct-rooms');
}

describe('a student and a tutor', () => {
  it('have a room as soon as the tutor applies, and only one whatever follows', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    const orderId = await school.order(student);
    expect(await directRooms(student)).toEqual([]);
    await school.application(tutor, orderId);
    const room = await roomOf(student, tutor);
    expect(room.hidesContacts).toBe(true);
    await school.booking(student, tutor);
    expect(await chat.made('openDirectChat', { userId: student.userId }, tutor)).toMatchObject({ id: room.id });
    expect(await directRooms(tutor)).toHaveLength(1);
    expect(await chat.members(room.id)).toMatchObject({ count: 2 });
    expect(await chat.room(room.id, await chat.student())).toBeNull();
  });

  it('see contacts once a lesson between them is paid, and for good', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    await school.booking(student, tutor);
    const { id } = await roomOf(student, tutor);
    await pay(student, tutor);
    expect(await chat.room(id, student)).toMatchObject({ hidesContacts: false });
    await pay(student, tutor);
    await school.booking(student, tutor);
    expect(await chat.room(id, tutor)).toMatchObject({ hidesContacts: false });
    expect((await chat.told(id)).filter((event) => event === 'chat-room.updated')).toHaveLength(1);
  });

  it('see contacts from the beginning when money came before anything else was heard', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    const data = { studentId: student.userId, tutorId: tutor.tutorId };
    await payments.say(bought.create({ subject: newId(), data }));
    expect(await roomOf(tutor, student)).toMatchObject({ hidesContacts: false });
  });

  it('get their room by asking for it, when nothing that was heard has made it', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    await school.booking(student, tutor);
    const { id } = await roomOf(student, tutor);
    await chat.sql('delete from messaging.chat_rooms where id = ?', [id]);
    const again = await chat.made('openDirectChat', { userId: tutor.userId }, student);
    expect(await roomOf(student, tutor)).toMatchObject({ id: again.id, hidesContacts: true });
  });

  it('do not leave their room, close it or put others into it', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    await school.booking(student, tutor);
    const { id: roomId } = await roomOf(student, tutor);
    expect((await chat.mutate('leaveChatRoom', { roomId }, student)).refused).toEqual(['NOT_IN_SUCH_ROOMS']);
    expect((await chat.mutate('closeChatRoom', { roomId }, student)).refused).toEqual(['NOT_A_MODERATOR']);
    const userIds = [(await chat.student()).userId];
    expect((await chat.mutate('addChatMembers', { roomId, userIds }, tutor)).refused).toEqual(['NOT_IN_SUCH_ROOMS']);
  });
});

describe('strangers', () => {
  it('open no room', async () => {
    const [student, tutor] = [await chat.student(), await school.tutor()];
    expect((await chat.mutate('openDirectChat', { userId: tutor.userId }, student)).refused).toEqual([
      'NOTHING_IN_COMMON',
    ]);
    expect((await chat.mutate('openDirectChat', { userId: student.userId }, student)).refused).toEqual([
      'NOT_YOURSELF',
    ]);
  });
});

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('many who make the room of two people at once', () => {
  it('make one, with both in it, that shows contacts when one of them knows of money', async () => {
    const em = chat.graph.rooms.get('messaging')?.orm.em ?? expect.fail('messaging does not run');
    const rooms = new DirectRooms(true);
    for (let round = 0; round < 5; round++) {
      const userIds = [newId(), newId()] as const;
      const reversed = [userIds[1], userIds[0]] as const;
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, index) => {
          const pair = { userIds: index % 2 === 0 ? userIds : reversed, isPaid: index === 7 };
          return transaction(em, (tx) => rooms.open(tx, pair, new Date()));
        }),
      );
      const ids = new Set(made.map(({ id }) => id));
      expect(ids.size).toBe(1);
      const [id = ''] = ids;
      expect(await chat.members(id)).toMatchObject({ count: 2, userIds: [...userIds].sort() });
      expect(await chat.sql('select hides_contacts from messaging.chat_rooms where id = ?', [id])).toEqual([
        { hides_contacts: false },
      ]);
      expect((await chat.told(id)).filter((event) => event === 'chat-room.created')).toHaveLength(1);
    }
  });
});
