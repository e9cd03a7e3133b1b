import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { messagingPrivacy } from '../src/privacy/messaging-privacy.js';
import { Chat } from './chat.js';

let chat: Chat;
let curator: TestPerson;

beforeAll(async () => {
  chat = await Chat.open();
  curator = await chat.graph.person('CURATOR');
});

afterAll(() => chat.close());

function em() {
  return chat.graph.rooms.get('messaging')?.orm.em.fork() ?? expect.fail('messaging does not run');
}

async function scene() {
  const [ann, ben] = [await chat.student(), await chat.student()];
  const roomId = await chat.named(curator, [ann, ben]);
  const said = await chat.says(ben, roomId, 'Call me');
  await chat.made('reportMessage', { messageId: said.id, reason: 'CONTACTS', note: 'Look' }, ann, 'report');
  await chat.made('blockUser', { userId: ben.userId }, ann, 'block');
  return { ann, ben, roomId, messageId: said.id };
}

it('an archive holds rooms, blocks and reports, and nothing that others wrote', async () => {
  const { ann, ben, roomId, messageId } = await scene();
  const { sections } = await messagingPrivacy.collect(em(), ann.userId);
  expect(sections).toMatchObject({
    chatRooms: [{ roomId, kind: 'NAMED', title: 'Teachers of maths', role: 'MEMBER', ending: null }],
    blockedUsers: [{ userId: ben.userId }],
    reportedMessages: [{ messageId, reason: 'CONTACTS', note: 'Look', status: 'OPEN' }],
  });
  expect(JSON.stringify(sections)).not.toContain('Call me');
});

it('whoever is erased leaves every room, and what they said of others and others of them is gone', async () => {
  const { ann, ben, roomId } = await scene();
  for (let time = 0; time < 2; time++) {
    await transaction(em(), (tx) => messagingPrivacy.erase(tx, ann.userId));
  }
  expect(await chat.members(roomId)).toMatchObject({ count: 2 });
  expect((await chat.told(roomId)).filter((event) => event === `chat-member.removed ${ann.userId}`)).toHaveLength(1);
  expect(await chat.room(roomId, ann)).toBeNull();
  const reports = 'select reporter_id, note, reported_text from messaging.reports where room_id = ?';
  expect(await chat.sql(reports, [roomId])).toEqual([{ reporter_id: null, note: null, reported_text: 'Call me' }]);
  expect(await chat.sql('select from messaging.user_blocks where blocker_id = ?', [ann.userId])).toEqual([]);
  await transaction(em(), (tx) => messagingPrivacy.erase(tx, ben.userId));
  expect(await chat.sql(reports, [roomId])).toMatchObject([{ reported_text: '' }]);
  const adding = { roomId, userIds: [ann.userId] };
  await chat.mutate('addChatMembers', adding, curator);
  expect(await chat.members(roomId)).toMatchObject({ count: 1, userIds: [curator.userId] });
});
