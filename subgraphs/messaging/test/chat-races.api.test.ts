import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat, type Outcome } from './chat.js';

const SENDERS = 50;

/** On an embedded database transactions come one after another. */
describe.runIf(isRealPostgres())('at once (runs when DATABASE_URL is set)', () => {
  let chat: Chat;
  let staff: TestPerson;
  beforeAll(async () => {
    chat = await Chat.open();
    staff = await chat.graph.person('ADMIN');
  });
  afterAll(() => chat?.close());

  const people = (count: number) => Promise.all([...Array(count)].map(() => chat.student()));
  const send = (roomId: string, person: TestPerson, text: string) =>
    chat.mutate('sendMessage', { roomId, text }, person);
  const isSent = ({ refused, codes }: Outcome): boolean => [...refused, ...codes].length === 0;
  const sequences = async (roomId: string) =>
    (
      await chat.sql<{ sequence: string }>(
        'select sequence from messaging.chat_messages where room_id = ? order by sequence',
        [roomId],
      )
    ).map(({ sequence }) => Number(sequence));

  it(`${SENDERS} people who write leave neither a hole nor a repeat, and the events come in their order`, async () => {
    const members = await people(SENDERS);
    const roomId = await chat.named(staff, members);
    const outcomes = await Promise.all(members.map((person, n) => send(roomId, person, `${n}`)));
    expect(outcomes.filter(isSent)).toHaveLength(SENDERS);
    expect(await sequences(roomId)).toEqual([...Array(SENDERS)].map((_, index) => index + 1));
    await expect
      .poll(
        async () =>
          (
            await chat.sql<{ sequence: number }>(
              `select (event -> 'data' ->> 'sequence')::int as sequence from messaging.outbox
                where event -> 'data' ->> 'roomId' = ? and event ->> 'type' like '%chat-message.sent%'
                  and position is not null order by position`,
              [roomId],
            )
          ).map(({ sequence }) => sequence),
        { timeout: 20_000 },
      )
      .toEqual([...Array(SENDERS)].map((_, index) => index + 1));
  });

  it('nobody writes behind their own removal', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const [person] = await people(1);
      if (!person) throw new Error('Nobody is there');
      const roomId = await chat.named(staff, [person]);
      const [, ...outcomes] = await Promise.all([
        chat.mutate('removeChatMember', { roomId, userId: person.userId }, staff),
        ...[...Array(6)].map((_, index) => send(roomId, person, `${index}`)),
      ]);
      const sent = outcomes.filter(isSent).length;
      expect(outcomes.filter((outcome) => !isSent(outcome)).flatMap(({ refused }) => refused)).toEqual(
        Array(6 - sent).fill('NOT_FOUND'),
      );
      expect(await sequences(roomId)).toEqual([...Array(sent)].map((_, index) => index + 1));
      const [row] = await chat.sql<{ late: number }>(
        `select count(*)::int as late from messaging.outbox s, messaging.outbox r
          where s.event -> 'data' ->> 'roomId' = ? and s.event ->> 'type' like '%chat-message.sent%'
            and r.event -> 'data' ->> 'roomId' = ? and r.event ->> 'type' like '%chat-member.removed%'
            and s.position > r.position`,
        [roomId, roomId],
      );
      expect(row).toEqual({ late: 0 });
    }
  });

  it('a message that is deleted while it is changed says nothing in the end', async () => {
    const [author] = await people(1);
    if (!author) throw new Error('Nobody is there');
    const roomId = await chat.named(staff, [author]);
    for (let turn = 0; turn < 3; turn++) {
      const { id: messageId } = await chat.says(author, roomId, 'A secret');
      const outcomes = await Promise.all([
        chat.mutate('editMessage', { messageId, text: 'Another secret' }, author),
        chat.mutate('addReaction', { messageId, emoji: '👍' }, author),
        chat.mutate('deleteMessage', { messageId }, author),
        chat.mutate('pinMessage', { messageId }, staff),
        chat.mutate('deleteMessage', { messageId }, staff),
      ]);
      expect(outcomes.flatMap(({ codes }) => codes)).toEqual([]);
      expect(outcomes.flatMap(({ refused }) => refused).filter((code) => code !== 'MESSAGE_DELETED')).toEqual([]);
      const rows = await chat.sql(
        `select m.text, m.deleted_at is not null as deleted,
                (select count(*)::int from messaging.chat_reactions where message_id = m.id) as reactions,
                (select count(*)::int from messaging.chat_pins where message_id = m.id) as pins
           from messaging.chat_messages m where id = ?`,
        [messageId],
      );
      expect(rows).toEqual([{ text: '', deleted: true, reactions: 0, pins: 0 }]);
    }
  });

  it('an offline message that is sent twice at once is there once', async () => {
    const [person] = await people(1);
    if (!person) throw new Error('Nobody is there');
    const roomId = await chat.named(staff, [person]);
    const input = { roomId, text: 'Once', idempotencyKey: 'queue-1' };
    const outcomes = await Promise.all([...Array(6)].map(() => chat.mutate('sendMessage', input, person)));
    expect(outcomes.filter(isSent)).toHaveLength(6);
    expect(await sequences(roomId)).toEqual([1]);
  });

  it('reading on several devices ends at the furthest', async () => {
    const [person] = await people(1);
    if (!person) throw new Error('Nobody is there');
    const roomId = await chat.named(staff, [person]);
    for (let index = 0; index < 10; index++) await chat.says(staff, roomId, `${index}`);
    const order = [3, 9, 1, 10, 7, 2, 8];
    await Promise.all(order.map((sequence) => chat.mutate('markRoomRead', { roomId, sequence }, person)));
    expect(
      await chat.sql(
        'select last_read_sequence::int as reached from messaging.chat_members where room_id = ? and user_id = ?',
        [roomId, person.userId],
      ),
    ).toEqual([{ reached: 10 }]);
  });

  it('reactions of 20 kinds stay 20', async () => {
    const members = await people(6);
    const roomId = await chat.named(staff, members);
    const { id: messageId } = await chat.says(staff, roomId, 'Popular');
    const emoji = [...Array(30)].map((_, index) => String.fromCodePoint(0x1f600 + index));
    const outcomes = await Promise.all(
      emoji.map((kind, index) =>
        chat.mutate('addReaction', { messageId, emoji: kind }, members[index % members.length] ?? staff),
      ),
    );
    expect(outcomes.filter(isSent)).toHaveLength(20);
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(10).fill('TOO_MANY_REACTIONS'));
  });
});
