import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectMessages, eraseMessageFiles, eraseMessages } from '../src/chat-messages/message-privacy.js';
import { Chat } from './chat.js';

let chat: Chat;
let staff: TestPerson;
beforeAll(async () => {
  chat = await Chat.open();
  staff = await chat.graph.person('ADMIN');
});
afterAll(() => chat?.close());

/** A room in which somebody wrote, answered with an emoji, pinned and sent a file. */
async function conversation(): Promise<{
  person: TestPerson;
  roomId: string;
  own: string;
  others: string;
  key: string;
}> {
  const person = await chat.student();
  const roomId = await chat.named(staff, [person]);
  const { id: own } = await chat.says(person, roomId, 'I live in Lisbon');
  const { id: others } = await chat.says(staff, roomId, 'Welcome');
  await chat.mutate('addReaction', { messageId: others, emoji: '👍' }, person);
  await chat.mutate('addReaction', { messageId: own, emoji: '👍' }, staff);
  const key = `attachments/${newId()}`;
  await chat.graph.files.storage.put(key, Buffer.from('a plan'), { contentType: 'application/pdf' });
  await chat.sql(
    `insert into messaging.chat_attachments (id, message_id, position, name, content_type, size, key)
     values (?, ?, 0, 'plan.pdf', 'application/pdf', 6, ?)`,
    [newId(), own, key],
  );
  return { person, roomId, own, others, key };
}

describe('what somebody wrote', () => {
  it('is in their archive, with their files and nothing of others', async () => {
    const { person, own, others, key } = await conversation();
    const { sections, files } = await collectMessages(chat.em, person.userId);
    expect(sections).toMatchObject({
      chatMessages: [{ id: own, text: 'I live in Lisbon' }],
      chatReactions: [{ messageId: others, emoji: '👍' }],
    });
    expect(JSON.stringify(sections)).not.toContain('Welcome');
    expect(files).toMatchObject([{ key }]);
  });

  it('is emptied when they are erased; its place stays, and so does what others wrote', async () => {
    const { person, roomId, own, others, key } = await conversation();
    for (const _ of ['at first', 'again']) {
      await eraseMessageFiles(chat.em, chat.graph.files.storage, person.userId);
      await transaction(chat.em, (tx) => eraseMessages(tx, person.userId));
    }
    expect(await chat.graph.files.storage.head(key)).toBeUndefined();
    expect(
      await chat.sql(
        `select id, sequence::int, author_id, text, deleted_at is not null as deleted, deleted_by
           from messaging.chat_messages where room_id = ? order by sequence`,
        [roomId],
      ),
    ).toEqual([
      { id: own, sequence: 1, author_id: null, text: '', deleted: true, deleted_by: null },
      { id: others, sequence: 2, author_id: staff.userId, text: 'Welcome', deleted: false, deleted_by: null },
    ]);
    expect(
      await chat.sql('select from messaging.chat_reactions where user_id = ? or message_id = ?', [person.userId, own]),
    ).toEqual([]);
    expect(await collectMessages(chat.em, person.userId)).toEqual({
      sections: { chatMessages: [], chatReactions: [] },
      files: [],
    });
  });
});
