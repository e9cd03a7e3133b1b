import { modelAlertRaised } from '@tutorgraph/schema/events/recommendations';
import { staffWith } from '../../facts/people.js';
import { defineNotification } from '../notification-type.js';

const KINDS = ['DRIFT', 'CALIBRATION', 'CLICK_THROUGH', 'CONVERSION', 'COVERAGE', 'FAIRNESS'];

export const modelAlertRaisedType = defineNotification({
  type: 'MODEL_ALERT_RAISED',
  description: 'A figure of the model that ranks tutors is out of its bounds; for staff who manage models.',
  event: modelAlertRaised,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL'],
  samples: KINDS.map((context) => ({ context })),
  async recipients(ask, { data: { kind } }) {
    const staff = await staffWith(ask, 'recommendations.models.manage');
    return staff.map((userId) => ({ userId, values: { context: kind }, target: null }));
  },
});
