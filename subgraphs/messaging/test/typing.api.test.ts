import type { TestPerson } from '@tutorgraph/kit/testing/people';
import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Chat } from './chat.js';

const TYPING = 'subscription ($roomId: ID!) { typingChanged(roomId: $roomId) { user { id } until } }';

let chat: Chat;
let staff: TestPerson;
beforeAll(async () => {
  chat = await Chat.open();
  staff = await chat.graph.person('ADMIN');
});
afterAll(() => chat?.close());

async function watch(roomId: string, person: TestPerson): Promise<AsyncIterator<ExecutionResult>> {
  const live = await chat.graph.subscribe('messaging', TYPING, { roomId }, person);
  expect(await next(live)).toBeNull();
  return live;
}

async function next(live: AsyncIterator<ExecutionResult>): Promise<unknown> {
  const { value } = await live.next();
  return (value as ExecutionResult).data?.['typingChanged'];
}

const types = async (person: TestPerson, roomId: string) =>
  (await chat.mutate('setTyping', { roomId }, person)).refused;

describe('who is writing', () => {
  it('is told to the others in the room and not to themselves, and is shown for a few seconds', async () => {
    const [ann, bob] = [await chat.student(), await chat.student()];
    const roomId = await chat.named(staff, [ann, bob]);
    const [atAnn, atBob] = [await watch(roomId, ann), await watch(roomId, bob)];
    expect(await types(ann, roomId)).toEqual([]);
    expect(await types(bob, roomId)).toEqual([]);
    expect(await next(atBob)).toMatchObject({ user: { id: ann.userId } });
    const told = (await next(atAnn)) as { user: { id: string }; until: string };
    expect(told.user.id).toBe(bob.userId);
    const shownFor = new Date(told.until).getTime() - Date.now();
    expect(shownFor).toBeGreaterThan(0);
    expect(shownFor).toBeLessThanOrEqual(6_000);
    await Promise.all([atAnn.return?.(), atBob.return?.()]);
  });

  it('is for members only', async () => {
    const stranger = await chat.student();
    const roomId = await chat.named(staff);
    expect(await types(stranger, roomId)).toEqual(['NOT_FOUND']);
    await expect(watch(roomId, stranger)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('is not told any longer to who was removed, also where nobody writes', async () => {
    const ann = await chat.student();
    const roomId = await chat.named(staff, [ann]);
    const live = await watch(roomId, ann);
    const waiting = live.next();
    await chat.endMembership(roomId, ann.userId);
    await expect(waiting).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('is not stored, as what is written is', async () => {
    const roomId = await chat.named(staff);
    const stored = async () =>
      (await chat.sql('select 1 from messaging.outbox where event::text like ?', [`%${roomId}%`])).length;
    const before = await stored();
    await types(staff, roomId);
    expect(await stored()).toBe(before);
    await chat.says(staff, roomId, 'Written');
    expect(await stored()).toBe(before + 1);
  });
});
