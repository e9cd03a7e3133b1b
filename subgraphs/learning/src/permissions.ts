import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/**
 * What people may do in this room; what is somebody's own is theirs, whatever their role. A curator has the students of their own
 * cohorts; `learning.students.read` opens all.
 */
export const permissions = definePermissions('learning', {
  'learning.courses.author': {
    description: 'Write courses, tests and homework, and publish them.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'learning.students.curate': {
    description: 'See and guide the students of one’s own cohorts: progress, homework, risk, questions.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'learning.students.read': {
    description: 'See every student of the school as their curators do.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'learning.students.manage': {
    description: 'Add, import and invite students, enrol and drop them, and make cohorts.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'learning.homework.review': {
    description: 'Review homework of one’s own cohorts; of everybody with learning.students.read.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'learning.knowledge.manage': {
    description: 'Edit what the assistant knows.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'learning.hand-overs.answer': {
    description: 'Take over what students asked the assistant.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'learning.risk.manage': {
    description: 'Set thresholds of risk, retrain its model and take a model back.',
    roles: ['ADMIN'],
  },
  'learning.reports.read': {
    description: 'Read figures of the whole school.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'learning.costs.manage': {
    description: 'Say what the school costs.',
    roles: ['ADMIN'],
  },
  'learning.certificates.manage': {
    description: 'Issue and revoke certificates.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'learning.imports.manage': {
    description: 'Exchange students and progress with GetCourse.',
    roles: ['ADMIN'],
  },
});
