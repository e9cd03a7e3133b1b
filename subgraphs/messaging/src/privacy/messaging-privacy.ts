import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';

/** What messaging holds about somebody, and what is left of it when they are erased. */
export const messagingPrivacy: RoomPrivacy = {
  async collect() {
    return { sections: {} };
  },

  async erase(tx, userId) {
    await forgetIdempotencyKeys(tx, userId);
  },
};
