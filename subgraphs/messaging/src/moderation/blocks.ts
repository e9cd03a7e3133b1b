import type { EntityManager } from '@mikro-orm/postgresql';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { UserBlock } from './user-block.entity.js';

/** Has one of two people blocked the other? What the answer allows is to be done under the lock of their room. */
export async function isBlockedBetween(em: EntityManager, one: string, other: string): Promise<boolean> {
  const blocks = await em.count(UserBlock, {
    $or: [
      { blockerId: one, blockedId: other },
      { blockerId: other, blockedId: one },
    ],
  });
  return blocks > 0;
}

/** Whether the viewer has blocked people, batched. */
export const blockedByViewer = defineLoader<string, boolean>(
  async ({ em, viewer }, userIds) => {
    if (viewer.kind !== 'user') return new Map();
    const blocks = await em.find(UserBlock, { blockerId: viewer.userId, blockedId: { $in: [...userIds] } });
    return new Map(blocks.map(({ blockedId }) => [blockedId, true]));
  },
  { absent: () => false },
);
