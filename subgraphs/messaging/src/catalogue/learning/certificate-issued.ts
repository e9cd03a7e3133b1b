import { certificateIssued } from '@tutorgraph/schema/events/learning';
import { certificateOf } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

export const certificateIssuedType = defineNotification({
  type: 'CERTIFICATE_ISSUED',
  description: 'Somebody has earned a certificate; for the student.',
  event: certificateIssued,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH'],
  samples: [sampleCourse],
  async recipients(ask, { subject, data }) {
    const certificate = await certificateOf(ask, subject);
    if (certificate?.status !== 'VALID') return [];
    return toStudent(ask, data, { kind: 'CERTIFICATE', id: subject }, { course: certificate.courseTitle });
  },
});
