import { withStatements } from '@tutorgraph/kit/database/statement-count';
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

describe('lists of rooms', () => {
  interface Listed {
    edges: { node: { id: string } }[];
    pageInfo: { endCursor: string; hasNextPage: boolean };
  }

  async function list(field: string, person: TestPerson, args: object = {}): Promise<Listed> {
    const filter = { chatRooms: 'ChatRoomFilter', managedChatRooms: 'ManagedChatRoomFilter' }[field];
    const query = `query ($first: Int, $after: String, $filter: ${filter ?? 'SupportChatRoomFilter'}) {
      ${field}(first: $first, after: $after, filter: $filter) { edges { node { id } } pageInfo { endCursor hasNextPage } } }`;
    const { data, codes } = await chat.run(query, args, person);
    expect(codes).toEqual([]);
    return data[field] as Listed;
  }

  const ids = ({ edges }: Listed) => edges.map(({ node }) => node.id);

  it('have those first in which something was written last, page by page', async () => {
    const ann = await chat.student();
    const rooms: string[] = [];
    for (let index = 0; index < 5; index++) rooms.push(await chat.named(curator, [ann], { title: `Room ${index}` }));
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = rooms;
    await chat.says(curator, second, 'Hello');
    const page = await list('chatRooms', ann, { first: 2 });
    expect(ids(page)).toEqual([second, fifth]);
    expect(ids(await list('chatRooms', ann, { first: 3, after: page.pageInfo.endCursor }))).toEqual([
      fourth,
      third,
      first,
    ]);
  });

  it('are filtered by kind, text and what is unread', async () => {
    const ann = await chat.student();
    const named = await chat.named(curator, [ann], { title: 'Teachers of 100% maths' });
    const group = (
      await chat.made('createChatRoom', { kind: 'GROUP', title: 'Group', memberIds: [ann.userId] }, curator)
    ).id;
    await chat.says(curator, group, 'Hello');
    const found = async (filter: object) => ids(await list('chatRooms', ann, { filter }));
    expect(await found({ kind: 'NAMED' })).toEqual([named]);
    expect(await found({ text: '100% M' })).toEqual([named]);
    expect(await found({ text: '1__%' })).toEqual([]);
    expect(await found({ unreadOnly: true })).toEqual([group]);
    expect(await found({ kind: 'GROUP', unreadOnly: true, text: 'x' })).toEqual([]);
  });

  it('show staff every group and named room, and every room in which somebody asks for support', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    const other = await chat.graph.person('CURATOR');
    const named = await chat.named(other, [ann], { title: 'Somebody else’s' });
    const managed = ids(await list('managedChatRooms', curator, { filter: { text: 'somebody else’s' } }));
    expect(managed).toEqual([named]);
    const asked = (await chat.made('createChatRoom', { kind: 'SUPPORT' }, ann)).id;
    const answered = (await chat.made('createChatRoom', { kind: 'SUPPORT' }, ben)).id;
    await chat.says(ann, asked, 'Help');
    await chat.says(ben, answered, 'Help');
    await chat.made('joinSupportRoom', { roomId: answered }, curator);
    await chat.says(curator, answered, 'Here I am');
    await chat.made('closeChatRoom', { roomId: answered }, curator);
    const support = async (filter: object) => ids(await list('supportChatRooms', curator, { first: 100, filter }));
    expect(await support({ awaitsAnswer: true })).toContain(asked);
    expect(await support({ awaitsAnswer: true })).not.toContain(answered);
    expect(await support({ isClosed: true })).toContain(answered);
    expect(await support({ isClosed: false, awaitsAnswer: false })).not.toContain(answered);
    for (const field of ['managedChatRooms', 'supportChatRooms']) {
      expect((await chat.run(`{ ${field} { totalCount } }`, {}, ann)).codes).toEqual(['FORBIDDEN']);
    }
  });

  it('cost as many statements for many rooms as for one', async () => {
    const ann = await chat.student();
    const query = `query ($first: Int) { chatRooms(first: $first) { edges { node { id kind title isClosed isBlocked unreadCount
      counterpart { id } myMembership { role } members(first: 3) { edges { node { user { id } } } } lastMessage { text }
      pinnedMessages { id } bannedMembers { edges { node { role } } } } } } }`;
    const measure = async (first: number) => {
      const { result, statements } = await withStatements(() => chat.run(query, { first }, ann));
      expect(result.codes).toEqual([]);
      return statements.length;
    };
    for (let index = 0; index < 6; index++) {
      const roomId = await chat.named(curator, [ann]);
      if (index % 2 === 0) await chat.says(curator, roomId, 'Hello');
    }
    expect(await measure(6)).toBe(await measure(1));
  });
});
