import { createRateLimiter, type RateLimiter } from '@tutorgraph/kit/rate-limits/rate-limiter';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOM_BURST } from '../src/chat-messages/spam.rules.js';
import { Chat } from './chat.js';

let chat: Chat;
let staff: TestPerson;
let limiter: RateLimiter | undefined;
beforeAll(async () => {
  chat = await Chat.open({}, ['accounts', 'messaging'], async (options) => {
    const opened = await createRateLimiter(options);
    if (options.room === 'messaging') limiter = opened;
    return opened;
  });
  staff = await chat.graph.person('ADMIN');
});
afterAll(() => chat?.close());

async function send(roomId: string, person: TestPerson, text: string, idempotencyKey?: string): Promise<object[]> {
  const query = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { userErrors { code retryAfter message } } }`;
  const { data } = await chat.run(query, { input: { roomId, text, idempotencyKey } }, person);
  return (data['sendMessage'] as { userErrors: object[] }).userErrors;
}

describe('who floods a room', () => {
  it('has to wait, and is told how long; the others write on', async () => {
    const [fast, other] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [fast, other]);
    expect(await send(roomId, fast, 'first', 'key')).toEqual([]);
    // More quickly than a slow machine could send them.
    for (let count = 1; count < ROOM_BURST.points; count++)
      await limiter?.consume(`${fast.userId} ${roomId}`, ROOM_BURST);
    expect(await send(roomId, fast, 'one too many')).toMatchObject([
      { code: 'TOO_MANY_MESSAGES', retryAfter: expect.any(Number) },
    ]);
    expect(await send(roomId, other, 'hello')).toEqual([]);
    // What was sent already may be repeated: nothing more is written.
    expect(await send(roomId, fast, 'first', 'key')).toEqual([]);
  });

  it('cannot send one text to everybody, however it is set; staff can', async () => {
    const person = await chat.student();
    const rooms = await Promise.all([...Array(6)].map(() => chat.named(staff, [person])));
    const texts = ['Buy my course, it is cheap!', 'BUY my course - it is cheap', 'Buy  my course, it is cheap...'];
    const codes: object[][] = [];
    for (const [index, room] of rooms.entries()) codes.push(await send(room, person, texts[index % 3] ?? ''));
    expect(codes.map((errors) => errors.length)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(codes[5]).toMatchObject([{ code: 'SPAM_REFUSED' }]);
    for (const room of rooms) expect(await send(room, staff, 'The lesson moves to Friday at ten')).toEqual([]);
    for (const room of rooms) expect(await send(room, person, 'ok')).toEqual([]);
  });

  it('cannot scatter links from a new account', async () => {
    const [fresh, settled] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [fresh, settled]);
    await chat.sql(`update accounts.users set created_at = now() - interval '4 days' where id = ?`, [settled.userId]);
    const many = 'https://a.example https://b.example https://c.example';
    expect(await send(roomId, fresh, many)).toMatchObject([{ code: 'SPAM_REFUSED' }]);
    expect(await send(roomId, settled, many)).toEqual([]);
    const codes: number[] = [];
    for (let index = 0; index < 6; index++) codes.push((await send(roomId, fresh, `https://${index}.example`)).length);
    expect(codes).toEqual([0, 0, 0, 0, 0, 1]);
  });
});
