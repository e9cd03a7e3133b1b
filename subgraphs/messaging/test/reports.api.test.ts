import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat, NOBODY } from './chat.js';

let chat: Chat;
let curator: TestPerson;
let supervisor: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  chat = await Chat.open();
  curator = await chat.graph.person('CURATOR');
  supervisor = await chat.graph.person('SUPERVISOR');
  admin = await chat.graph.person('ADMIN');
});

afterAll(() => chat.close());

interface Reported {
  ann: TestPerson;
  ben: TestPerson;
  roomId: string;
  messageId: string;
}

/** A message of Ben's, in a room with Ann. */
async function message(text = 'Call me elsewhere'): Promise<Reported> {
  const [ann, ben] = [await chat.student(), await chat.student()];
  const roomId = await chat.named(curator, [ann, ben]);
  const { id: messageId } = await chat.says(ben, roomId, text);
  return { ann, ben, roomId, messageId };
}

const report = (messageId: string, person: TestPerson) =>
  chat.made('reportMessage', { messageId, reason: 'CONTACTS', note: ' Look ' }, person, 'report');

async function listed(filter: object): Promise<string[]> {
  const query = 'query ($filter: ChatReportFilter) { reports(filter: $filter, first: 100) { edges { node { id } } } }';
  const { data } = await chat.run(query, { filter }, supervisor);
  return (data['reports'] as { edges: { node: { id: string } }[] }).edges.map(({ node }) => node.id);
}

async function audited(userId: string): Promise<string[]> {
  const rows = await chat.sql<{ action: string }>(
    `select event -> 'data' ->> 'action' as action from messaging.outbox
     where event ->> 'type' like '%staff-action%' and event -> 'data' ->> 'userId' = ? order by sequence`,
    [userId],
  );
  return rows.map(({ action }) => action);
}

describe('a report', () => {
  it('keeps what the message said, and is one however often it is sent', async () => {
    const { ann, roomId, messageId } = await message();
    const first = await report(messageId, ann);
    expect(first).toMatchObject({
      reason: 'CONTACTS',
      note: 'Look',
      reportedText: 'Call me elsewhere',
      status: 'OPEN',
      message: { id: messageId },
      room: { id: roomId },
      reporter: { id: ann.userId },
      decidedBy: null,
    });
    expect(await report(messageId, ann)).toMatchObject({ id: first.id });
    expect(await listed({ roomId })).toEqual([first.id]);
    expect((await chat.told(roomId)).filter((event) => event === 'chat-report.opened')).toHaveLength(1);
  });

  it('is refused of one’s own message, of one that is deleted, and of rooms to which one does not belong', async () => {
    const { ann, ben, messageId } = await message();
    const refused = async (person: TestPerson, id = messageId) =>
      (await chat.mutate('reportMessage', { messageId: id, reason: 'SPAM' }, person)).refused;
    expect(await refused(ben)).toEqual(['OWN_MESSAGE']);
    expect(await refused(await chat.student())).toEqual(['NOT_FOUND']);
    expect(await refused(ann, NOBODY)).toEqual(['NOT_FOUND']);
    await chat.sql(`update messaging.chat_messages set text = '', deleted_at = now() where id = ?`, [messageId]);
    expect(await refused(ann)).toEqual(['NOT_FOUND']);
  });

  it('is seen and decided by those who moderate only', async () => {
    const { ann, messageId } = await message();
    const { id: reportId } = await report(messageId, ann);
    const { codes } = await chat.run('{ reports { totalCount } }', {}, curator);
    expect(codes).toEqual(['FORBIDDEN']);
    expect((await chat.mutate('decideReport', { reportId, decision: 'DISMISS' }, curator)).codes).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('is dismissed with all others about the message, which stays', async () => {
    const { ann, ben, roomId, messageId } = await message();
    await report(messageId, curator);
    const { id: reportId } = await report(messageId, ann);
    expect(await chat.made('decideReport', { reportId, decision: 'DISMISS' }, supervisor, 'report')).toMatchObject({
      status: 'DISMISSED',
      message: { isDeleted: false },
      decidedBy: { id: supervisor.userId },
    });
    expect(await listed({ roomId, status: 'OPEN' })).toEqual([]);
    expect((await chat.mutate('decideReport', { reportId, decision: 'DISMISS' }, supervisor)).refused).toEqual([
      'REPORT_DECIDED',
    ]);
    expect(await audited(ben.userId)).toEqual(['messaging.report.dismiss']);
  });

  it('deletes the message and keeps its author out', async () => {
    const { ann, ben, roomId, messageId } = await message();
    const { id: reportId } = await report(messageId, ann);
    const banning = { reportId, decision: 'BAN_AUTHOR' };
    expect(await chat.made('decideReport', banning, supervisor, 'report')).toMatchObject({
      status: 'UPHELD',
      message: { isDeleted: true },
    });
    expect(await chat.room(roomId, ben)).toBeNull();
    expect(await chat.members(roomId)).toMatchObject({ count: 2 });
    expect(await audited(ben.userId)).toEqual(
      expect.arrayContaining(['messaging.member.ban', 'messaging.report.uphold']),
    );
  });

  it('is decided once when several decide at once', async () => {
    const { ann, messageId } = await message();
    const { id: reportId } = await report(messageId, ann);
    const decisions = ['DISMISS', 'DELETE_MESSAGE', 'BAN_AUTHOR', 'DELETE_MESSAGE'];
    const outcomes = await Promise.all(
      decisions.map((decision, index) =>
        chat.mutate('decideReport', { reportId, decision }, index % 2 === 0 ? supervisor : admin),
      ),
    );
    expect(outcomes.flatMap(({ refused }) => refused)).toEqual(Array(3).fill('REPORT_DECIDED'));
  });
});

describe('somebody who moderates', () => {
  const READ = 'query ($roomId: ID!) { messages(roomId: $roomId) { edges { node { text } } } }';

  it('reads a room to which they do not belong once they inspect it, and writes nothing', async () => {
    const { ann, roomId } = await message('Hello');
    const read = async () => (await chat.run(READ, { roomId }, supervisor)).data['messages'];
    expect(await read()).toBeNull();
    expect(await chat.made('inspectChatRoom', { roomId }, supervisor)).toEqual({ id: roomId });
    expect(await read()).toEqual({ edges: [{ node: { text: 'Hello' } }] });
    expect((await chat.mutate('sendMessage', { roomId, text: 'I see' }, supervisor)).refused).toEqual(['NOT_FOUND']);
    await chat.sql(`update messaging.room_inspections set expires_at = now() where room_id = ?`, [roomId]);
    expect(await read()).toBeNull();
    expect((await chat.mutate('inspectChatRoom', { roomId }, ann)).codes).toEqual(['FORBIDDEN']);
    expect((await chat.mutate('inspectChatRoom', { roomId: NOBODY }, supervisor)).refused).toEqual(['NOT_FOUND']);
  });
});
