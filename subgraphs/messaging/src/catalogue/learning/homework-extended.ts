import { homeworkExtended } from '@tutorgraph/schema/events/learning';
import { assignmentOf } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

/** Nothing was handed in, or it came back. */
const WAITS: ReadonlySet<string> = new Set(['ASSIGNED', 'DRAFT', 'RETURNED']);

export const homeworkExtendedType = defineNotification({
  type: 'HOMEWORK_EXTENDED',
  description: 'A curator gave somebody longer for their homework; for the student.',
  event: homeworkExtended,
  urgency: 'NORMAL',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [{ ...sampleCourse, homework: 'A letter to a friend', dueAt: '2026-11-22T17:00:00Z' }],
  async recipients(ask, { subject, data }) {
    const assignment = await assignmentOf(ask, subject);
    if (!assignment?.homework || !WAITS.has(assignment.status)) return [];
    const { dueAt, homework } = assignment;
    return toStudent(ask, data, { kind: 'HOMEWORK_ASSIGNMENT', id: subject }, { homework: homework.title, dueAt });
  },
});
