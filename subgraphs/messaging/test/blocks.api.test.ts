import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBlockedBetween } from '../src/moderation/blocks.js';
import { Chat, NOBODY } from './chat.js';

let chat: Chat;

beforeAll(async () => {
  chat = await Chat.open();
});

afterAll(() => chat.close());

const BLOCKS = '{ myBlocks { edges { node { user { id } } } } }';

function blocked(one: TestPerson, other: TestPerson): Promise<boolean> | undefined {
  const em = chat.graph.rooms.get('messaging')?.orm.em.fork();
  return em && isBlockedBetween(em, one.userId, other.userId);
}

describe('a block', () => {
  it('holds both ways until it is lifted, and is repeated without harm', async () => {
    const [ann, ben] = [await chat.student(), await chat.student()];
    for (let time = 0; time < 2; time++) {
      expect(await chat.mutate('blockUser', { userId: ben.userId }, ann)).toMatchObject({
        payload: { block: { user: { id: ben.userId } } },
        refused: [],
      });
    }
    expect([await blocked(ann, ben), await blocked(ben, ann)]).toEqual([true, true]);
    expect((await chat.run(BLOCKS, {}, ann)).data).toEqual({
      myBlocks: { edges: [{ node: { user: { id: ben.userId } } }] },
    });
    expect((await chat.run(BLOCKS, {}, ben)).data).toEqual({ myBlocks: { edges: [] } });
    for (let time = 0; time < 2; time++) {
      expect((await chat.mutate('unblockUser', { userId: ben.userId }, ann)).refused).toEqual([]);
    }
    expect(await blocked(ann, ben)).toBe(false);
  });

  it('is refused of oneself and of nobody', async () => {
    const ann = await chat.student();
    expect((await chat.mutate('blockUser', { userId: ann.userId }, ann)).refused).toEqual(['NOT_YOURSELF']);
    expect((await chat.mutate('blockUser', { userId: NOBODY }, ann)).refused).toEqual(['PERSON_NOT_FOUND']);
    expect((await chat.mutate('blockUser', { userId: 'x' }, ann)).refused).toEqual(['INVALID_INPUT']);
  });
});
