import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { OpenRateLimiter } from '@tutorgraph/kit/rate-limits/rate-limiter';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import { endMembership } from '../src/chat-members/member-changes.js';
import { findMember, lockRoom } from '../src/chat-members/membership.js';

/** What a mutation answers. */
export interface Outcome {
  payload: Record<string, unknown> | null;
  /** Codes of `userErrors`. */
  refused: string[];
  /** Codes of `errors`, each once. */
  codes: string[];
}

const ROOM =
  'room { id kind title description memberCount hidesContacts isClosed unreadCount myMembership { role mutedUntil } }';

const MESSAGE =
  'message { id sequence text author { id } replyTo { id } editedAt isDeleted isPinned reactions { emoji count userIds } attachments { id name contentType size url } }';

const selections: Record<string, string> = {
  sendMessage: MESSAGE,
  editMessage: MESSAGE,
  deleteMessage: MESSAGE,
  addReaction: MESSAGE,
  removeReaction: MESSAGE,
  pinMessage: MESSAGE,
  unpinMessage: MESSAGE,
  setTyping: '',
  createChatRoom: ROOM,
  leaveChatRoom: 'leftRoomId',
  blockUser: 'block { createdAt user { id } }',
  unblockUser: 'unblockedUserId',
  reportMessage:
    'report { id reason note reportedText status decidedAt message { id } room { id } reporter { id } decidedBy { id } }',
  decideReport: 'report { id status decidedAt message { isDeleted } decidedBy { id } }',
  inspectChatRoom: 'room { id } inspectedUntil',
};

/** Inputs whose types are not called after their mutation. */
const inputs: Record<string, string> = {
  ...Object.fromEntries(
    ['closeChatRoom', 'reopenChatRoom', 'leaveChatRoom', 'joinSupportRoom'].map((field) => [
      field,
      'ChatRoomReferenceInput',
    ]),
  ),
  ...Object.fromEntries(
    ['removeChatMember', 'banChatMember', 'unbanChatMember'].map((field) => [field, 'ChatMemberReferenceInput']),
  ),
};

/** A message as a mutation gives it. */
export interface SaidMessage {
  id: string;
  sequence: number;
  text: string;
  reactions: { emoji: string; count: number; userIds: string[] }[];
}

/** Messaging with accounts beside it, and short ways to what tests of chat begin with. */
export class Chat {
  private constructor(readonly graph: TestGraph) {}

  /** @param settings of the rooms, besides those that every test has */
  static async open(
    settings: Record<string, string> = {},
    rooms = ['accounts', 'messaging'],
    openRateLimiter: OpenRateLimiter = openGenerousRateLimiter,
  ): Promise<Chat> {
    return new Chat(await startTestGraph(rooms, undefined, settings, openRateLimiter));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  /** Messaging's own view of the database. */
  get em(): EntityManager {
    const room = this.graph.rooms.get('messaging');
    if (!room) throw new Error('Messaging was not started');
    return room.orm.em.fork();
  }

  run(query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    return this.graph.run('messaging', query, variables, person);
  }

  /** Runs a mutation by its name. */
  async mutate(field: string, input: object, person?: TestPerson): Promise<Outcome> {
    const type = inputs[field] ?? `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selections[field] ?? ROOM} userErrors { code } } }`;
    const { data, codes } = await this.run(query, { input }, person);
    const payload = (data[field] ?? null) as Record<string, unknown> | null;
    const userErrors = (payload?.['userErrors'] ?? []) as { code: string }[];
    return { payload, refused: userErrors.map(({ code }) => code), codes: [...new Set(codes)] };
  }

  /** Runs a mutation that must succeed and gives the object of its payload with this name. */
  async made<Made = { id: string }>(field: string, input: object, person: TestPerson, name = 'room'): Promise<Made> {
    const { payload, refused, codes } = await this.mutate(field, input, person);
    const found = payload?.[name];
    if (!found) throw new Error(`${field} was refused: ${JSON.stringify([refused, codes])}`);
    return found as Made;
  }

  student(): Promise<TestPerson> {
    return this.graph.person('STUDENT');
  }

  /** A named room that staff made for these people. */
  async named(staff: TestPerson, members: readonly TestPerson[] = [], change: object = {}): Promise<string> {
    const memberIds = members.map(({ userId }) => userId);
    const room = { kind: 'NAMED', title: 'Teachers of maths', memberIds, ...change };
    return (await this.made('createChatRoom', room, staff)).id;
  }

  /** What somebody writes in a room. */
  async says(person: TestPerson, roomId: string, text: string, change: object = {}): Promise<SaidMessage> {
    return this.made<SaidMessage>('sendMessage', { roomId, text, ...change }, person, 'message');
  }

  /** Runs a job of messaging now. */
  async runJob(name: string): Promise<void> {
    const job = this.graph.rooms.get('messaging')?.parts.jobs?.find((one) => one.name === name);
    if (!job) throw new Error(`Messaging has no job ${name}`);
    const { signal } = new AbortController();
    await job.handler({}, { id: newId(), attempt: 1, signal, logger: silentLogger });
  }

  /** Takes somebody out of a room, whoever may. */
  async endMembership(roomId: string, userId: string): Promise<void> {
    await transaction(this.em, async (tx) => {
      const [room, member] = [await lockRoom(tx, roomId), await findMember(tx, roomId, userId)];
      if (room && member) endMembership(tx, room, member, 'REMOVED', new Date());
    });
  }

  /** What a room is to somebody; null when they may not see it. */
  async room(id: string, person?: TestPerson): Promise<Record<string, unknown> | null> {
    const { data, codes } = await this.run(
      `query ($id: ID!) { chatRoom(id: $id) { ${ROOM.slice(7, -2)} } }`,
      { id },
      person,
    );
    if (codes.length > 0) throw new Error(`chatRoom failed: ${codes.join(', ')}`);
    return data['chatRoom'] as Record<string, unknown> | null;
  }

  /** Users who belong to a room, as the database has it, and how many the room says they are. */
  async members(roomId: string): Promise<{ userIds: string[]; count: number }> {
    const rows = await this.sql<{ user_id: string }>(
      'select user_id from messaging.chat_members where room_id = ? and ended_at is null order by joined_at, user_id',
      [roomId],
    );
    const [room] = await this.sql<{ member_count: number }>(
      'select member_count from messaging.chat_rooms where id = ?',
      [roomId],
    );
    return { userIds: rows.map((row) => row.user_id), count: room?.member_count ?? -1 };
  }

  /** Events about a room since it was made, as `noun.verb user`, in the order in which they were recorded. */
  async told(roomId: string): Promise<string[]> {
    const rows = await this.sql<{ type: string; user: string | null }>(
      `select event ->> 'type' as type, event -> 'data' ->> 'userId' as user from messaging.outbox
       where event -> 'data' ->> 'roomId' = ? or event ->> 'subject' = ? order by sequence`,
      [roomId, roomId],
    );
    return rows.map(({ type, user }) => [type.split('.').slice(2, 4).join('.'), user].filter(Boolean).join(' '));
  }

  /** Waits until everything that happened is in the stream. */
  async published(): Promise<void> {
    const waiting = 'select count(*)::int as count from messaging.outbox where position is null';
    await expect.poll(async () => (await this.sql<{ count: number }>(waiting))[0]?.count, { timeout: 20_000 }).toBe(0);
  }

  async sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    const room = this.graph.rooms.get('messaging');
    return room ? room.orm.em.fork().execute<Row[]>(statement, values) : [];
  }
}

/** An id that nothing has. */
export const NOBODY = '01900000-0000-7000-8000-000000000000';
