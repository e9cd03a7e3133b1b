import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat, NOBODY, type SaidMessage } from './chat.js';

let chat: Chat;
let staff: TestPerson;
let [ann, bob, stranger]: TestPerson[] = [];
let roomId: string;
beforeAll(async () => {
  chat = await Chat.open();
  staff = await chat.graph.person('ADMIN');
  [ann, bob, stranger] = [await chat.student(), await chat.student(), await chat.student()];
  roomId = await chat.named(staff, [who(ann), who(bob)]);
});
afterAll(() => chat?.close());

/** What `beforeAll` has set. */
function who(person: TestPerson | undefined): TestPerson {
  if (!person) throw new Error('Nobody is there yet');
  return person;
}

const says = (text: string, change: object = {}, person = who(ann)) => chat.says(person, roomId, text, change);
const refusal = async (field: string, input: object, person: TestPerson) =>
  (await chat.mutate(field, input, person)).refused;
const message = async (field: string, input: object, person: TestPerson) =>
  chat.made<SaidMessage & Record<string, unknown>>(field, input, person, 'message');

async function texts(query: string, variables: object, person: TestPerson): Promise<string[] | null> {
  const { data, codes } = await chat.run(query, variables, person);
  expect(codes).toEqual([]);
  const [page] = Object.values(data) as ({ edges: { node: { text: string } }[] } | null)[];
  return page ? page.edges.map(({ node }) => node.text) : null;
}

describe('writing in a room', () => {
  it('gives each message the next place, and an answer knows what it answers', async () => {
    const first = await says('When do we meet?');
    const second = await message('sendMessage', { roomId, text: ' At ten. ', replyToId: first.id }, who(bob));
    expect(second).toMatchObject({
      sequence: first.sequence + 1,
      text: 'At ten.',
      author: { id: who(bob).userId },
      replyTo: { id: first.id },
      isDeleted: false,
      attachments: [],
    });
  });

  it('is for those who belong to it', async () => {
    expect(await refusal('sendMessage', { roomId, text: 'Hello' }, who(stranger))).toEqual(['NOT_FOUND']);
    expect(await refusal('sendMessage', { roomId: NOBODY, text: 'Hello' }, who(ann))).toEqual(['NOT_FOUND']);
    expect(await refusal('sendMessage', { roomId: 'no id', text: 'Hello' }, who(ann))).toEqual(['NOT_FOUND']);
  });

  it('needs something to say, and an answer to something in the same room', async () => {
    const { id: elsewhere } = await chat.says(staff, await chat.named(staff), 'Elsewhere');
    for (const input of [{ text: '  ' }, { text: 'x'.repeat(4_001) }, {}]) {
      expect(await refusal('sendMessage', { roomId, ...input }, who(ann))).toEqual(['INVALID_INPUT']);
    }
    for (const replyToId of [elsewhere, NOBODY, 'no id']) {
      expect(await refusal('sendMessage', { roomId, text: 'Yes', replyToId }, who(ann))).toEqual(['NOT_FOUND']);
    }
  });

  it('happens once for a key, however often it is repeated, and not for another text', async () => {
    const input = { roomId, text: 'Once', idempotencyKey: 'offline-1' };
    const sent = await Promise.all([1, 2, 3].map(() => message('sendMessage', input, who(ann))));
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await refusal('sendMessage', { ...input, text: 'Twice' }, who(ann))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('ends when it is closed', async () => {
    const closed = await chat.named(staff, [who(ann)]);
    const { id: messageId } = await chat.says(who(ann), closed, 'Hello');
    await chat.made('closeChatRoom', { roomId: closed }, staff);
    expect(await refusal('sendMessage', { roomId: closed, text: 'Still there?' }, who(ann))).toEqual(['ROOM_CLOSED']);
    expect(await refusal('editMessage', { messageId, text: 'Bye' }, who(ann))).toEqual(['ROOM_CLOSED']);
    expect(await refusal('addReaction', { messageId, emoji: '👍' }, who(ann))).toEqual(['ROOM_CLOSED']);
    expect(await refusal('setTyping', { roomId: closed }, who(ann))).toEqual(['ROOM_CLOSED']);
  });

  it('counts as having read what was written', async () => {
    const room = await chat.named(staff, [who(ann), who(bob)]);
    for (const text of ['1', '2']) await chat.says(who(bob), room, text);
    await chat.says(who(ann), room, '3');
    const unread = async (person: TestPerson) =>
      (await chat.run('query ($id: ID!) { chatRoom(id: $id) { unreadCount } }', { id: room }, person)).data['chatRoom'];
    expect(await unread(who(ann))).toEqual({ unreadCount: 0 });
    expect(await unread(who(bob))).toEqual({ unreadCount: 1 });
  });
});

describe('a message', () => {
  it('is changed by its author within 24 hours, and by nobody else', async () => {
    const { id: messageId } = await says('Tusday');
    expect(await message('editMessage', { messageId, text: 'Tuesday' }, who(ann))).toMatchObject({
      text: 'Tuesday',
      editedAt: expect.any(String),
    });
    for (const person of [who(bob), staff]) {
      expect(await refusal('editMessage', { messageId, text: 'Never' }, person)).toEqual(['NOT_YOURS']);
    }
    expect(await refusal('editMessage', { messageId, text: 'Never' }, who(stranger))).toEqual(['NOT_FOUND']);
    expect(await refusal('editMessage', { messageId, text: '' }, who(ann))).toEqual(['INVALID_INPUT']);
    await chat.sql(`update messaging.chat_messages set created_at = now() - interval '24 hours' where id = ?`, [
      messageId,
    ]);
    expect(await refusal('editMessage', { messageId, text: 'Friday' }, who(ann))).toEqual(['NOT_EDITABLE']);
  });

  it('is deleted by its author; its place stays and says nothing', async () => {
    const { id: messageId, sequence } = await says('My secret');
    await message('addReaction', { messageId, emoji: '👍' }, who(bob));
    expect(await refusal('deleteMessage', { messageId }, who(bob))).toEqual(['NOT_YOURS']);
    expect(await refusal('deleteMessage', { messageId }, who(stranger))).toEqual(['NOT_FOUND']);
    for (const _ of ['at first', 'again']) {
      expect(await message('deleteMessage', { messageId }, who(ann))).toMatchObject({
        sequence,
        text: '',
        isDeleted: true,
        reactions: [],
      });
    }
    for (const [field, input] of Object.entries({
      editMessage: { text: 'Back' },
      addReaction: { emoji: '👍' },
      pinMessage: {},
    })) {
      expect(await refusal(field, { messageId, ...input }, who(ann))).toEqual(['MESSAGE_DELETED']);
    }
    expect(await chat.sql('select text from messaging.chat_messages where id = ?', [messageId])).toEqual([
      { text: '' },
    ]);
  });

  it('is deleted by who moderates, member or not, and that is audited', async () => {
    const { id: messageId } = await says('Rude words');
    const supervisor = await chat.graph.person('SUPERVISOR');
    await message('deleteMessage', { messageId }, supervisor);
    const audited = await chat.sql<{ data: object }>(
      `select event -> 'data' as data from messaging.outbox where event ->> 'subject' = ? and event ->> 'type' like '%staff-action%'`,
      [messageId],
    );
    expect(audited).toMatchObject([
      { data: { actorId: supervisor.userId, action: 'messaging.message.delete', userId: who(ann).userId } },
    ]);
  });
});

describe('reactions', () => {
  it('are one emoji each, counted, and known by those who put them', async () => {
    const { id: messageId } = await says('Done');
    for (const emoji of ['👍', '🏳️‍🌈', '👩🏽‍🏫']) await message('addReaction', { messageId, emoji }, who(ann));
    await message('addReaction', { messageId, emoji: '👍' }, who(ann));
    const { reactions } = await message('addReaction', { messageId, emoji: '👍' }, who(bob));
    expect(reactions[0]).toEqual({ emoji: '👍', count: 2, userIds: [who(ann).userId, who(bob).userId] });
    expect(reactions).toHaveLength(3);
    const left = await message('removeReaction', { messageId, emoji: '👍' }, who(ann));
    expect(left.reactions.find(({ emoji }) => emoji === '👍')).toMatchObject({ count: 1 });
    for (const emoji of ['ok', '👍👍', '', '1', 'x'.repeat(100)]) {
      expect(await refusal('addReaction', { messageId, emoji }, who(ann))).toEqual(['INVALID_INPUT']);
    }
    expect(await refusal('addReaction', { messageId, emoji: '👍' }, who(stranger))).toEqual(['NOT_FOUND']);
  });

  it('are of 20 kinds at most', async () => {
    const { id: messageId } = await says('Popular');
    const emoji = [...Array(21)].map((_, index) => String.fromCodePoint(0x1f600 + index));
    await chat.sql(
      `insert into messaging.chat_reactions (message_id, user_id, emoji, created_at)
       select ?, ?, emoji, now() from unnest(?::text[]) as emoji`,
      [messageId, who(ann).userId, `{${emoji.slice(0, 20).join(',')}}`],
    );
    expect(await refusal('addReaction', { messageId, emoji: emoji[20] }, who(bob))).toEqual(['TOO_MANY_REACTIONS']);
    const { reactions } = await message('addReaction', { messageId, emoji: emoji[0] }, who(bob));
    expect(reactions).toHaveLength(20);
  });
});

describe('pins', () => {
  it('are set by who moderates, and shown in the room', async () => {
    const room = await chat.named(staff, [who(ann)]);
    const { id: messageId } = await chat.says(who(ann), room, 'Rules');
    expect(await refusal('pinMessage', { messageId }, who(ann))).toEqual(['NOT_A_MODERATOR']);
    for (const _ of ['at first', 'again']) {
      expect(await message('pinMessage', { messageId }, staff)).toMatchObject({ isPinned: true });
    }
    const pinned = async (person: TestPerson) => {
      const query = 'query ($id: ID!) { chatRoom(id: $id) { lastMessage { text } pinnedMessages { text } } }';
      return (await chat.run(query, { id: room }, person)).data['chatRoom'];
    };
    expect(await pinned(who(ann))).toEqual({ lastMessage: { text: 'Rules' }, pinnedMessages: [{ text: 'Rules' }] });
    // Who moderates every room knows of it, and reads nothing.
    const supervisor = await chat.graph.person('SUPERVISOR');
    expect(await pinned(supervisor)).toEqual({ lastMessage: null, pinnedMessages: [] });
    await message('unpinMessage', { messageId }, staff);
    expect(await pinned(who(ann))).toMatchObject({ pinnedMessages: [] });
  });

  it('are 50 at most', async () => {
    const room = await chat.named(staff);
    const { id: messageId } = await chat.says(staff, room, 'One too many');
    await chat.sql(
      `with added as (
         insert into messaging.chat_messages (id, room_id, sequence, text, created_at)
         select gen_random_uuid(), ?, 100 + n, 'Rule', now() from generate_series(1, 50) as n returning id, room_id
       )
       insert into messaging.chat_pins (message_id, room_id, pinned_at) select id, room_id, now() from added`,
      [room],
    );
    expect(await refusal('pinMessage', { messageId }, staff)).toEqual(['TOO_MANY_PINS']);
  });
});

describe('reading', () => {
  it('is noted, never backwards, and never beyond what was written', async () => {
    const room = await chat.named(staff, [who(ann), who(bob)]);
    for (const text of ['1', '2', '3']) await chat.says(who(ann), room, text);
    const read = async (sequence: number) => {
      const input = { roomId: room, sequence };
      return (await chat.made<{ unreadCount: number }>('markRoomRead', input, who(bob))).unreadCount;
    };
    expect([await read(2), await read(1), await read(1_000), await read(0)]).toEqual([1, 1, 0, 0]);
    const counts = `query ($roomId: ID!) { messages(roomId: $roomId) { edges { node { text: readCount } } } }`;
    expect(await texts(counts, { roomId: room }, who(ann))).toEqual([1, 1, 1]);
    expect(await refusal('markRoomRead', { roomId: room, sequence: 1 }, who(stranger))).toEqual(['NOT_FOUND']);
    expect(await refusal('markRoomRead', { roomId: room, sequence: -1 }, who(bob))).toEqual(['INVALID_INPUT']);
  });

  it('goes page by page from the newest, for those who belong to the room', async () => {
    const room = await chat.named(staff, [who(ann)]);
    for (let index = 1; index <= 5; index++) await chat.says(who(ann), room, `${index}`);
    const query = `query ($roomId: ID!, $before: String) { messages(roomId: $roomId, last: 2, before: $before) {
      edges { node { text } } pageInfo { startCursor hasPreviousPage } totalCount } }`;
    const pages: unknown[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const { data } = await chat.run(query, { roomId: room, before }, who(ann));
      const { edges, pageInfo, totalCount } = data['messages'] as {
        edges: { node: { text: string } }[];
        pageInfo: { startCursor: string; hasPreviousPage: boolean };
        totalCount: number;
      };
      pages.push(edges.map(({ node }) => node.text).join(' '));
      expect(totalCount).toBe(5);
      before = pageInfo.hasPreviousPage ? pageInfo.startCursor : null;
    }
    expect(pages).toEqual(['4 5', '2 3', '1']);
    expect(await texts(query, { roomId: room }, who(stranger))).toBeNull();
    expect(await texts(query, { roomId: 'no id' }, who(ann))).toBeNull();
  });

  it('costs as many statements for a hundred messages as for one', async () => {
    const room = await chat.named(staff, [who(ann)]);
    const query = `query ($roomId: ID!, $last: Int) { messages(roomId: $roomId, last: $last) { edges { node {
      id text hidesContacts isPinned readCount room { title } author { id } replyTo { text } reactions { emoji }
      attachments { name } } } } }`;
    const first = await chat.says(who(ann), room, 'first');
    for (let index = 0; index < 20; index++) await chat.says(who(ann), room, `${index}`, { replyToId: first.id });
    const count = async (last: number) =>
      (await withStatements(() => chat.run(query, { roomId: room, last }, who(ann)))).statements.length;
    expect(await count(20)).toBe(await count(2));
  });
});

describe('search', () => {
  const SEARCH = `query ($text: String!, $roomId: ID) { searchMessages(text: $text, roomId: $roomId) { edges { node { text } } } }`;

  it('finds words in any form, the last one only begun, in rooms to which one belongs', async () => {
    const [one, other] = [await chat.named(staff, [who(bob)]), await chat.named(staff)];
    await chat.says(who(bob), one, 'Решите домашние задания к пятнице');
    await chat.says(who(bob), one, 'We discussed irregular verbs');
    await chat.says(staff, other, 'Домашнее задание проверено');
    const search = (text: string, person = who(bob), inRoom?: string) =>
      texts(SEARCH, { text, roomId: inRoom }, person);
    expect(await search('домашнее задание')).toEqual(['Решите домашние задания к пятнице']);
    expect(await search('irregular ver')).toEqual(['We discussed irregular verbs']);
    expect(await search('irregular pers')).toEqual([]);
    expect(await search('???')).toEqual([]);
    expect(await search("' & | ! \\ :*")).toEqual([]);
    expect(await search('домашнее', staff)).toHaveLength(2);
    expect(await search('домашнее', staff, other)).toEqual(['Домашнее задание проверено']);
    expect(await search('домашнее', who(bob), other)).toBeNull();
    await chat.endMembership(one, who(bob).userId);
    expect(await search('домашнее')).toEqual([]);
  });

  it('does not find what was deleted, changed away or is hidden', async () => {
    const room = await chat.named(staff, [who(bob)]);
    const search = (text: string) => texts(SEARCH, { text, roomId: room }, who(bob));
    const { id: messageId } = await chat.says(who(bob), room, 'elephants');
    await message('editMessage', { messageId, text: 'giraffes' }, who(bob));
    expect([await search('elephants'), await search('giraffes')]).toEqual([[], ['giraffes']]);
    await message('deleteMessage', { messageId }, who(bob));
    expect(await search('giraffes')).toEqual([]);
    await chat.says(who(bob), room, 'call 89161234567 tomorrow');
    expect(await search('8916')).toHaveLength(1);
    await chat.sql('update messaging.chat_rooms set hides_contacts = true where id = ?', [room]);
    expect([await search('8916'), await search('tomorrow')]).toEqual([[], []]);
  });
});

describe('contacts', () => {
  it('are hidden from everybody while the room hides them, and shown after that', async () => {
    const room = await chat.named(staff, [who(ann), who(bob)]);
    await chat.sql('update messaging.chat_rooms set hides_contacts = true where id = ?', [room]);
    await chat.says(who(ann), room, 'At 15:00? My number is +7 916 123-45-67');
    const query = `query ($roomId: ID!) { messages(roomId: $roomId) { edges { node { text hidesContacts } } } }`;
    const shown = async (person: TestPerson) =>
      ((await chat.run(query, { roomId: room }, person)).data['messages'] as { edges: { node: object }[] }).edges;
    for (const person of [who(ann), who(bob), staff]) {
      expect(await shown(person)).toEqual([{ node: { text: 'At 15:00? My number is •••', hidesContacts: true } }]);
    }
    await chat.sql('update messaging.chat_rooms set hides_contacts = false where id = ?', [room]);
    expect(await shown(who(bob))).toEqual([
      { node: { text: 'At 15:00? My number is +7 916 123-45-67', hidesContacts: false } },
    ]);
  });
});
