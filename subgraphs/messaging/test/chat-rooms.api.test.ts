import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat, NOBODY } from './chat.js';

let chat: Chat;
let curator: TestPerson;

beforeAll(async () => {
  chat = await Chat.open();
  curator = await chat.graph.person('CURATOR');
});

afterAll(() => chat.close());

describe('making a room', () => {
  it('is for staff, who moderates it, and puts the people in whom they name', async () => {
    const students = [await chat.student(), await chat.student()];
    const memberIds = students.map(({ userId }) => userId);
    const input = { kind: 'NAMED', title: ' Teachers ', description: ' ', memberIds: [...memberIds, ...memberIds] };
    expect(await chat.made('createChatRoom', input, curator)).toMatchObject({
      kind: 'NAMED',
      title: 'Teachers',
      description: null,
      memberCount: 3,
      isClosed: false,
      hidesContacts: false,
      myMembership: { role: 'MODERATOR' },
    });
    expect(await chat.mutate('createChatRoom', input, students[0])).toMatchObject({ codes: ['FORBIDDEN'] });
  });

  it('is refused for somebody who has no account, and without a title', async () => {
    const room = { kind: 'GROUP', title: 'Beginners', memberIds: [NOBODY] };
    expect((await chat.mutate('createChatRoom', room, curator)).refused).toEqual(['PERSON_NOT_FOUND']);
    expect((await chat.mutate('createChatRoom', { kind: 'GROUP' }, curator)).refused).toEqual(['INVALID_INPUT']);
    expect((await chat.mutate('createChatRoom', { kind: 'DIRECT' }, curator)).refused).toEqual(['INVALID_INPUT']);
  });

  it('happens once for a key', async () => {
    const room = { kind: 'NAMED', title: 'Once', idempotencyKey: 'made-once' };
    const ids = await Promise.all([1, 2, 3].map(async () => (await chat.made('createChatRoom', room, curator)).id));
    expect(new Set(ids).size).toBe(1);
  });

  it('gives everybody a support room of their own, always the same', async () => {
    const student = await chat.student();
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await chat.made('createChatRoom', { kind: 'SUPPORT' }, student)).id),
    );
    expect(new Set(ids).size).toBe(1);
    const { data } = await chat.run(
      'query ($id: ID!) { chatRoom(id: $id) { memberCount counterpart { id } } }',
      { id: ids[0] },
      curator,
    );
    expect(data).toEqual({ chatRoom: { memberCount: 1, counterpart: { id: student.userId } } });
  });
});

describe('a room', () => {
  const READ = `query ($id: ID!) { chatRoom(id: $id) { id memberCount members { totalCount edges { node { role user { id } } } } } }`;

  it('is seen by those who belong to it and by staff, and by nobody else', async () => {
    const student = await chat.student();
    const id = await chat.named(curator, [student]);
    const members = [
      { node: { role: 'MODERATOR', user: { id: curator.userId } } },
      { node: { role: 'MEMBER', user: { id: student.userId } } },
    ];
    expect((await chat.run(READ, { id }, student)).data).toEqual({
      chatRoom: { id, memberCount: 2, members: { totalCount: 2, edges: members } },
    });
    expect((await chat.run(READ, { id }, await chat.student())).data).toEqual({ chatRoom: null });
    expect((await chat.run(READ, { id: 'none' }, student)).data).toEqual({ chatRoom: null });
  });
});
