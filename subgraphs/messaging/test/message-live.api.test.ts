import { withStatements } from '@tutorgraph/kit/database/statement-count';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat, NOBODY } from './chat.js';

const HEARD = `subscription ($roomId: ID!, $after: String) { messageReceived(roomId: $roomId, after: $after) {
  cursor kind message { id sequence text author { id } replyTo { text } reactions { emoji } attachments { name } isPinned } noLongerFor } }`;

interface Heard {
  cursor: string;
  kind: string | null;
  message: { id: string; sequence: number; text: string } | null;
  noLongerFor: string[];
}

let chat: Chat;
let staff: TestPerson;
beforeAll(async () => {
  chat = await Chat.open();
  staff = await chat.graph.person('ADMIN');
});
afterAll(() => chat?.close());

async function listen(roomId: string, person?: TestPerson, after?: string): Promise<AsyncIterator<ExecutionResult>> {
  return chat.graph.subscribe('messaging', HEARD, { roomId, after }, person);
}

async function next(live: AsyncIterator<ExecutionResult>): Promise<Heard> {
  const { value } = await live.next();
  return (value as ExecutionResult<{ messageReceived: Heard }>).data?.messageReceived as Heard;
}

async function nextMessage(live: AsyncIterator<ExecutionResult>): Promise<Heard> {
  for (;;) {
    const heard = await next(live);
    if (heard.message) return heard;
  }
}

/** The code with which a subscription ends. */
async function ending(live: AsyncIterator<ExecutionResult>): Promise<string> {
  try {
    for (;;) if ((await live.next()).done) return 'done';
  } catch (error) {
    return String((error as { extensions?: { code?: unknown } }).extensions?.code);
  }
}

/** Takes somebody out of a room. */
async function remove(roomId: string, { userId }: TestPerson): Promise<void> {
  await chat.endMembership(roomId, userId);
}

async function room(...people: TestPerson[]): Promise<string> {
  return chat.named(staff, people);
}

describe('who listens to a room', () => {
  it('hears each message once and in order, and goes on behind a cursor without a gap', async () => {
    const [ann, bob] = [await chat.student(), await chat.student()];
    const roomId = await room(ann, bob);
    const live = await listen(roomId, bob);
    expect(await next(live)).toMatchObject({ kind: null, message: null, noLongerFor: [] });
    for (const text of ['one', 'two', 'three']) await chat.says(ann, roomId, text);
    const heard = [await nextMessage(live), await nextMessage(live), await nextMessage(live)];
    expect(heard.map(({ kind, message }) => [kind, message?.sequence, message?.text])).toEqual([
      ['SENT', 1, 'one'],
      ['SENT', 2, 'two'],
      ['SENT', 3, 'three'],
    ]);
    await live.return?.();
    const again = await listen(roomId, bob, heard[0]?.cursor);
    expect([await nextMessage(again), await nextMessage(again)].map(({ message }) => message?.text)).toEqual([
      'two',
      'three',
    ]);
    await again.return?.();
  });

  it('belongs to it: nobody else hears anything, staff neither', async () => {
    const roomId = await room(await chat.student());
    for (const person of [await chat.student(), await chat.graph.person('SUPERVISOR')]) {
      await expect(listen(roomId, person)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    }
    await expect(listen(NOBODY, staff)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await expect(listen('no id', staff)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    await expect(listen(roomId)).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('hears nothing from the moment they are removed, also where nobody writes', async () => {
    const [ann, bob] = [await chat.student(), await chat.student()];
    const roomId = await room(ann, bob);
    const live = await listen(roomId, bob);
    await next(live);
    const ended = ending(live);
    await remove(roomId, bob);
    expect(await ended).toBe('FORBIDDEN');
    await expect(listen(roomId, bob)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('is told nothing of the others who leave', async () => {
    const [ann, bob] = [await chat.student(), await chat.student()];
    const roomId = await room(ann, bob);
    const live = await listen(roomId, ann);
    await next(live);
    await remove(roomId, bob);
    expect(await next(live)).toMatchObject({ message: null, kind: null, noLongerFor: [] });
    await live.return?.();
  });
});

describe('a room of many', () => {
  it('costs as many statements for a message that thirty hear as for one that three hear', async () => {
    const count = async (listeners: number): Promise<number> => {
      const people = await Promise.all([...Array(listeners)].map(() => chat.student()));
      const roomId = await room(...people);
      const lives = await Promise.all(people.map((person) => listen(roomId, person)));
      await Promise.all(lives.map(next));
      const { statements } = await withStatements(async () => {
        const heard = Promise.all(lives.map(nextMessage));
        const { id } = await chat.says(staff, roomId, 'hello all');
        expect((await heard).map(({ message }) => message?.id)).toEqual(Array(listeners).fill(id));
      });
      await Promise.all(lives.map((live) => live.return?.()));
      return statements.filter((sql) => /chat_messages|chat_reactions|chat_attachments|chat_pins/.test(sql)).length;
    };
    expect(await count(30)).toBe(await count(3));
  });
});

describe('the gateway, which listens once for all,', () => {
  const start = (roomId: string, scopes: string[]) =>
    chat.graph.service('messaging', scopes).then((authorization) => {
      const service = { userId: '', sessionId: '', role: 'ADMIN' as const, authorization };
      return listen(roomId, service);
    });
  const fields = ['text', 'sequence', 'author', 'replyTo', 'reactions', 'attachments', 'isPinned'];
  const scopes = ['messageReceived', ...fields.map((field) => `ChatMessage.${field}`)];

  it('hears what members hear, and who does not hear it any longer', async () => {
    const [ann, bob] = [await chat.student(), await chat.student()];
    const roomId = await room(ann, bob);
    const live = await start(roomId, scopes);
    await next(live);
    await chat.says(ann, roomId, 'hello');
    await remove(roomId, bob);
    await chat.says(ann, roomId, 'he is gone');
    const heard = [await next(live), await next(live), await next(live)];
    expect(heard.map(({ message, noLongerFor }) => [message?.text ?? null, noLongerFor])).toEqual([
      ['hello', []],
      [null, [bob.userId]],
      ['he is gone', []],
    ]);
    await live.return?.();
  });

  it('needs the scope', async () => {
    const roomId = await room();
    await expect(start(roomId, scopes.slice(1))).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});
