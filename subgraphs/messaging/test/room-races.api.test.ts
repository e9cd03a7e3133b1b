import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat } from './chat.js';

let chat: Chat;
let curator: TestPerson;
let supervisor: TestPerson;

beforeAll(async () => {
  chat = await Chat.open({ CHAT_MEMBER_LIMIT: '8' });
  curator = await chat.graph.person('CURATOR');
  supervisor = await chat.graph.person('SUPERVISOR');
});

afterAll(() => chat.close());

/** Nothing but refusals that tell why: no fault. */
function expectNoFault(outcomes: readonly { codes: string[] }[]): void {
  expect(outcomes.flatMap(({ codes }) => codes)).toEqual([]);
}

async function expectExact(roomId: string): Promise<void> {
  const { userIds, count } = await chat.members(roomId);
  expect(count).toBe(userIds.length);
  const told = (await chat.told(roomId)).filter((event) => /^chat-member\.(added|removed)/.test(event));
  const people = new Set(told.map((event) => event.split(' ')[1] ?? ''));
  for (const userId of people) {
    const moves = told.filter((event) => event.endsWith(userId)).map((event) => event.includes('added'));
    // Who comes in and goes out does so by turns, and is where the last of them says.
    expect(moves.every((isAdded, index) => isAdded === (index % 2 === 0))).toBe(true);
    expect(moves.at(-1)).toBe(userIds.includes(userId));
  }
  expect([...people]).toEqual(expect.arrayContaining(userIds));
}

// The embedded database takes transactions one after another: there a race cannot show.
describe.runIf(isRealPostgres())('many who change a room at once', () => {
  it('leave its members and their number exact', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => chat.student()));
    const roomId = await chat.named(curator, people);
    const changes = people.flatMap(({ userId, ...person }) => {
      const who = { roomId, userId };
      return [
        chat.mutate('removeChatMember', who, curator),
        chat.mutate('banChatMember', who, supervisor),
        chat.mutate('addChatMembers', { roomId, userIds: [userId] }, curator),
        chat.mutate('leaveChatRoom', { roomId }, { userId, ...person }),
        chat.mutate('unbanChatMember', who, supervisor),
        chat.mutate('addChatMembers', { roomId, userIds: [userId] }, supervisor),
        chat.mutate('setChatMemberRole', { ...who, role: 'MODERATOR' }, curator),
      ];
    });
    expectNoFault(await Promise.all(changes));
    await expectExact(roomId);
  });

  it('do not put more people into it than may be', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => chat.student()));
    const roomId = await chat.named(curator);
    const outcomes = await Promise.all(
      people.map(({ userId }) => chat.mutate('addChatMembers', { roomId, userIds: [userId] }, curator)),
    );
    expectNoFault(outcomes);
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('ROOM_FULL'));
    expect(await chat.members(roomId)).toMatchObject({ count: 8 });
    await expectExact(roomId);
  });

  it('block and unblock somebody without a fault', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    const moves = Array.from({ length: 12 }, (_, index) =>
      chat.mutate(index % 3 === 2 ? 'unblockUser' : 'blockUser', { userId: ben.userId }, ann),
    );
    expectNoFault(await Promise.all(moves));
  });
});
