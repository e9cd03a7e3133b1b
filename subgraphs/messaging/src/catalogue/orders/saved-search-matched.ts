import { savedSearchMatched } from '@tutorgraph/schema/events/marketplace';
import { tutorOf } from '../../facts/lessons.js';
import { ivan, named } from '../names.js';
import { defineNotification } from '../notification-type.js';

export const savedSearchMatchedType = defineNotification({
  type: 'SAVED_SEARCH_MATCHED',
  description: 'A tutor has begun to match a saved search; for whoever saved it.',
  event: savedSearchMatched,
  urgency: 'LOW',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [named('tutor', ivan)],
  async recipients(ask, { data: { userId, tutorId } }) {
    const tutor = await tutorOf(ask, tutorId);
    if (!tutor || tutor.isErased) return [];
    return [{ userId, values: named('tutor', tutor), target: { kind: 'TUTOR', id: tutorId } }];
  },
});
