import { studentAtRisk } from '@tutorgraph/schema/events/learning';
import { defineNotification } from '../notification-type.js';
import { sampleLearner, toCurators } from './school-recipients.js';

export const studentAtRiskType = defineNotification({
  type: 'STUDENT_AT_RISK',
  description:
    'Somebody is in danger of giving up a course; for their curator, or who sees all students where there is none.',
  event: studentAtRisk,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [{ ...sampleLearner, score: 71 }],
  recipients: (ask, { data }) => toCurators(ask, data, { kind: 'STUDENT', id: data.studentId }, { score: data.score }),
});
