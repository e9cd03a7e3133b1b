import { homeworkDueSoon } from '@tutorgraph/schema/events/learning';
import { assignmentOf } from '../../facts/school.js';
import { defineNotification } from '../notification-type.js';
import { sampleCourse, toStudent } from './school-recipients.js';

/** Nothing was handed in, or it came back. */
const WAITS: ReadonlySet<string> = new Set(['ASSIGNED', 'DRAFT', 'RETURNED']);

export const homeworkDueSoonType = defineNotification({
  type: 'HOMEWORK_DUE_SOON',
  description: 'Homework is due within a day and was not handed in; for the student.',
  event: homeworkDueSoon,
  urgency: 'HIGH',
  channels: ['IN_APP', 'EMAIL', 'PUSH', 'TELEGRAM'],
  samples: [{ ...sampleCourse, homework: 'A letter to a friend', dueAt: '2026-11-22T17:00:00Z' }],
  async recipients(ask, { subject, data }) {
    const assignment = await assignmentOf(ask, subject);
    if (!assignment?.homework || !WAITS.has(assignment.status)) return [];
    const { dueAt, homework } = assignment;
    return toStudent(ask, data, { kind: 'HOMEWORK_ASSIGNMENT', id: subject }, { homework: homework.title, dueAt });
  },
});
