import { handOverOpened } from '@tutorgraph/schema/events/learning';
import { curatorsOf, learnerOf } from '../../facts/school.js';
import { anna, named } from '../names.js';
import { defineNotification } from '../notification-type.js';

export const handOverOpenedType = defineNotification({
  type: 'HAND_OVER_OPENED',
  description:
    'A question to the assistant waits; for the curator of who asked, or all who answer where there is none.',
  event: handOverOpened,
  urgency: 'HIGH',
  channels: ['IN_APP', 'PUSH', 'TELEGRAM'],
  samples: [named('student', anna)],
  async recipients(ask, { subject, data: { userId, cohortId } }) {
    const asks = await learnerOf(ask, userId);
    if (!asks) return [];
    const told = await curatorsOf(ask, cohortId, 'learning.hand-overs.answer');
    const target = { kind: 'HAND_OVER', id: subject } as const;
    return told
      .filter((curatorId) => curatorId !== userId)
      .map((curatorId) => ({ userId: curatorId, values: named('student', asks), target }));
  },
});
