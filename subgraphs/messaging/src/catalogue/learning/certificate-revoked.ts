import { certificateRevoked } from '@tutorgraph/schema/events/learning';
import { certificateOf } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

export const certificateRevokedType = defineNotification({
  type: 'CERTIFICATE_REVOKED',
  description: 'A certificate holds no longer; for whom it names.',
  event: certificateRevoked,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleCourse],
  async recipients(ask, { subject, data }) {
    const certificate = await certificateOf(ask, subject);
    if (certificate?.status !== 'REVOKED') return [];
    return toStudent(ask, data, { kind: 'CERTIFICATE', id: subject }, { course: certificate.courseTitle });
  },
});
