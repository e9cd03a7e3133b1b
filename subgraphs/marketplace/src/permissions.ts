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
  'marketplace.reviews.write': {
    description: 'Review tutors after lessons.',
    roles: ['STUDENT'],
  },
  'marketplace.metrics.read': {
    description: 'See how many orders, matches and reviews there are, and how good the reviews.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
});
