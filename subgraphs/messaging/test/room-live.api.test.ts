import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Chat } from './chat.js';
import { Watch } from './watch.js';

let chat: Chat;
let curator: TestPerson;
const open: Watch[] = [];

const CHANGED = `subscription ($roomId: ID, $after: String) { roomChanged(roomId: $roomId, after: $after) {
  cursor leftRoomId room { id title unreadCount memberCount } } }`;

beforeAll(async () => {
  chat = await Chat.open();
  curator = await chat.graph.person('CURATOR');
});

afterEach(async () => {
  for (const watch of open.splice(0)) await watch.end();
});

afterAll(() => chat.close());

async function watch(person: TestPerson, variables: { roomId?: string; after?: string } = {}): Promise<Watch> {
  const begun = await Watch.begin(chat, 'roomChanged', CHANGED, variables, person);
  open.push(begun);
  return begun;
}

const rename = (roomId: string, title: string) => chat.made('updateChatRoom', { roomId, title }, curator);

const room = (fields: object) => ({ room: expect.objectContaining(fields) });

describe('all rooms of somebody', () => {
  it('are followed as they come and go', async () => {
    const ann = await chat.student();
    const first = await chat.named(curator, [ann]);
    const watching = await watch(ann);
    await rename(first, 'First');
    await watching.hears(room({ id: first, title: 'First' }));
    const second = await chat.named(curator, [ann], { title: 'Second' });
    await watching.hears(room({ id: second, title: 'Second' }));
    await rename(second, 'Second one');
    await watching.hears(room({ id: second, title: 'Second one' }));
    await chat.made('removeChatMember', { roomId: first, userId: ann.userId }, curator);
    await watching.hears({ room: null, leftRoomId: first });
    await rename(first, 'Not for Ann');
    await rename(second, 'Still hers');
    await watching.hears(room({ id: second, title: 'Still hers' }));
    expect(watching.heard).not.toContainEqual(expect.objectContaining(room({ title: 'Not for Ann' })));
    await chat.made('addChatMembers', { roomId: first, userIds: [ann.userId] }, curator);
    await watching.hears(room({ id: first, title: 'Not for Ann' }));
  });

  it('tell of new messages with the count of those not read', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(curator, [ann, ben]);
    const watching = await watch(ann);
    await chat.says(ben, roomId, 'Hello');
    await watching.hears(room({ id: roomId, unreadCount: 1 }));
  });

  it('go on behind a cursor without a gap or a repeat, through rooms that came meanwhile', async () => {
    const ann = await chat.student();
    const before = await watch(ann);
    const { cursor } = before;
    await before.end();
    const roomId = await chat.named(curator, [ann], { title: 'New' });
    for (let index = 0; index < 5; index++) await rename(roomId, `New ${index}`);
    const watching = await watch(ann, { after: cursor });
    await rename(roomId, 'Newest');
    // Where it begins, the curator and Ann coming in, and six titles.
    await expect.poll(() => watching.heard.length, { timeout: 20_000 }).toBe(9);
    expect(new Set(watching.heard.map((heard) => heard.cursor)).size).toBe(9);
    expect(watching.heard.at(-1)).toMatchObject({ room: { title: 'Newest' } });
  });

  it('say nothing of what others do with their own memberships', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(curator, [ann, ben]);
    const watching = await watch(ann);
    const before = await watching.quiet();
    await chat.made('muteChatRoom', { roomId, until: '2099-01-01T00:00:00Z' }, ben);
    await rename(roomId, 'After');
    await watching.hears(room({ title: 'After' }));
    expect(await watching.quiet()).toBe(before + 1);
    await chat.made('muteChatRoom', { roomId, until: '2099-01-01T00:00:00Z' }, ann);
    expect(await watching.quiet()).toBe(before + 2);
  });
});

describe('one room', () => {
  it('is watched by its members, and ends at once for whoever is removed', async () => {
    const [ann, ben, stranger] = [await chat.student(), await chat.student(), await chat.student()];
    const roomId = await chat.named(curator, [ann, ben]);
    await expect(watch(stranger, { roomId })).rejects.toThrow('Only members');
    const [anns, bens] = [await watch(ann, { roomId }), await watch(ben, { roomId })];
    await chat.made('removeChatMember', { roomId, userId: ann.userId }, curator);
    await expect.poll(() => anns.ended, { timeout: 20_000 }).toBe('FORBIDDEN');
    await bens.hears(room({ memberCount: 2 }));
    expect(anns.heard).not.toContainEqual(expect.objectContaining(room({ memberCount: 2 })));
    await expect(watch(ann, { roomId, after: anns.cursor })).rejects.toThrow('Only members');
  });
});

describe('many who watch the same room', () => {
  it('cost as few statements as one does', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => chat.student()));
    const roomId = await chat.named(curator, people);
    await rename(roomId, 'Quiet');
    const watches: Watch[] = [];
    const { statements } = await withStatements(async () => {
      for (const person of people) watches.push(await watch(person, { roomId }));
      await rename(roomId, 'Begun');
      for (const each of watches) await each.hears(room({ title: 'Begun' }));
    });
    // What subscriptions read is counted where they began.
    const begun = statements.length;
    await rename(roomId, 'Heard by all');
    for (const each of watches) await each.hears(room({ title: 'Heard by all' }));
    expect(statements.length - begun).toBeLessThanOrEqual(8);
  });
});
