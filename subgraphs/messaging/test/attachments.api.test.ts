import { newId } from '@tutorgraph/kit/database/id';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat } from './chat.js';

interface File {
  id: string;
  name: string;
  contentType: string;
  size: number;
  url: string;
}

let chat: Chat;
let staff: TestPerson;
beforeAll(async () => {
  chat = await Chat.open();
  await chat.graph.files.serve();
  staff = await chat.graph.person('ADMIN');
});
afterAll(() => chat?.close());

const BYTES = Buffer.from('%PDF-1.7 a plan');

/** A checked upload of somebody, as accounts keeps it. */
async function uploaded(person: TestPerson, change: { kind?: string; status?: string } = {}): Promise<string> {
  const [id, key] = [newId(), `attachments/${newId()}`];
  await chat.graph.files.storage.put(key, BYTES, { contentType: 'application/pdf' });
  await chat.sql(
    `insert into accounts.uploads (id, user_id, kind, status, content_type, size, storage_key, created_at, confirmed_at)
     values (?, ?, ?, ?, 'application/pdf', ?, ?, now(), now())`,
    [id, person.userId, change.kind ?? 'ATTACHMENT', change.status ?? 'CONFIRMED', BYTES.byteLength, key],
  );
  return id;
}

const files = (ids: string[], name?: string) => ids.map((uploadId) => ({ uploadId, name }));

describe('files of messages', () => {
  it('go with a message, with or without a text, and can be had by who reads the room', async () => {
    const person = await chat.student();
    const roomId = await chat.named(staff, [person]);
    const ids = [await uploaded(person), await uploaded(person)];
    const sent = await chat.made<{ attachments: File[] }>(
      'sendMessage',
      { roomId, attachments: [{ uploadId: ids[0], name: 'План урока.pdf' }, { uploadId: ids[1] }] },
      person,
      'message',
    );
    expect(sent.attachments).toMatchObject([
      { id: ids[0], name: 'План урока.pdf', contentType: 'application/pdf', size: BYTES.byteLength },
      { id: ids[1], name: 'file-2.pdf' },
    ]);
    const response = await fetch(String(sent.attachments[0]?.url));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
    expect(response.headers.get('content-disposition')).toContain('attachment');
  });

  it('are refused that are not yours, of another kind, not checked, or sent already', async () => {
    const [person, other] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [person, other]);
    const refusal = async (attachments: object[]) =>
      (await chat.mutate('sendMessage', { roomId, text: 'See', attachments }, person)).refused;
    expect(await refusal(files([await uploaded(other)]))).toEqual(['UPLOAD_NOT_FOUND']);
    expect(await refusal(files([newId()]))).toEqual(['UPLOAD_NOT_FOUND']);
    expect(await refusal(files([await uploaded(person, { kind: 'DOCUMENT' })]))).toEqual(['UPLOAD_NOT_USABLE']);
    expect(await refusal(files([await uploaded(person, { status: 'REQUESTED' })]))).toEqual(['UPLOAD_NOT_USABLE']);
    const id = await uploaded(person);
    expect(await refusal(files([id, id]))).toEqual(['UPLOAD_NOT_USABLE']);
    expect(await refusal(files([id]))).toEqual([]);
    expect(await refusal(files([id]))).toEqual(['UPLOAD_NOT_USABLE']);
    expect(await refusal(files([await uploaded(person)], 'a/b'))).toEqual(['INVALID_INPUT']);
    expect(await refusal([...Array(11)].map(() => ({ uploadId: id })))).toEqual(['INVALID_INPUT']);
  });

  it('are seen by nobody once the message is deleted, and gone a little later', async () => {
    const person = await chat.student();
    const roomId = await chat.named(staff, [person]);
    const sent = await chat.made<{ id: string; attachments: File[] }>(
      'sendMessage',
      { roomId, attachments: files([await uploaded(person)]) },
      person,
      'message',
    );
    const deleted = await chat.made<{ attachments: File[] }>(
      'deleteMessage',
      { messageId: sent.id },
      person,
      'message',
    );
    expect(deleted.attachments).toEqual([]);
    await chat.runJob('remove-attachments');
    expect((await fetch(String(sent.attachments[0]?.url))).status).toBe(404);
    expect(await chat.sql('select from messaging.chat_attachments where message_id = ?', [sent.id])).toEqual([]);
  });
});
