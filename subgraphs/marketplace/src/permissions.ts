import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/** What people may do in this room; what is somebody's own is theirs alone, whatever their role. */
export const permissions = definePermissions('marketplace', {
  'marketplace.subjects.manage': {
    description: 'Create, change and archive subjects, and see archived ones in lists.',
    roles: ['ADMIN', 'HR'],
  },
  'marketplace.profiles.own': {
    description: 'Have a tutor profile with offerings.',
    roles: ['TUTOR'],
  },
  'marketplace.profiles.read-any': {
    description: 'See hidden tutor profiles and the account behind a profile.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR', 'CURATOR'],
  },
  'marketplace.orders.post': {
    description: 'Post orders, choose among their applications and decline them.',
    roles: ['STUDENT'],
  },
  'marketplace.orders.read-any': {
    description: 'See every order with its student, applications and bookings, and who wrote a review.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'marketplace.applications.send': {
    description: 'Apply to orders as a tutor.',
    roles: ['TUTOR'],
  },
  'marketplace.bookings.book': {
    description: 'Hold slots of tutors, book lessons and move them.',
    roles: ['STUDENT'],
  },
  'marketplace.bookings.manage': {
    description: 'Move, cancel, complete and mark as paid any booking, report absences, and decide disputes.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'marketplace.reviews.write': {
    description: 'Review tutors after lessons.',
    roles: ['STUDENT'],
  },
  'marketplace.verifications.manage': {
    description: 'See what tutors want to have confirmed, with its files, and decide on it.',
    roles: ['ADMIN', 'HR'],
  },
  'marketplace.policies.manage': {
    description: 'Publish the rules of the market, and see those that held before.',
    roles: ['ADMIN'],
  },
  'marketplace.interviews.manage': {
    description: 'See, schedule and decide interviews of tutors.',
    roles: ['ADMIN', 'HR'],
  },
  'marketplace.meetings.test': {
    description: 'Try the providers of video rooms.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
  'marketplace.moderation.manage': {
    description: 'See what people wrote and others may not see, and decide whether it is published.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
  'marketplace.metrics.read': {
    description: 'See how many orders, matches and reviews there are, and how good the reviews.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
});
