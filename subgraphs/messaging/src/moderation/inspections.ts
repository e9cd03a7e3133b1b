import { isId } from '@tutorgraph/kit/database/id';
import { defineLoader } from '@tutorgraph/kit/graphql/loader';
import { RoomInspection } from './room-inspection.entity.js';

/** Whether the viewer inspects rooms at this moment, batched. */
export const ownInspections = defineLoader<string, boolean>(
  async ({ em, user }, roomIds) => {
    const found = await em.find(RoomInspection, {
      moderatorId: user.userId,
      roomId: { $in: roomIds.filter(isId) },
      expiresAt: { $gt: new Date() },
    });
    return new Map(found.map(({ roomId }) => [roomId, true]));
  },
  { absent: () => false },
);
