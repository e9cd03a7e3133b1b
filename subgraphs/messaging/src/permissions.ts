import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/** What people may do in this room; what is somebody's own is theirs alone, whatever their role. */
export const permissions = definePermissions('messaging', {
  'messaging.notifications.send': {
    description: 'Send notifications to people, and preview every notification.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'messaging.announcements.send': {
    description: 'Send announcements to a role, a segment or a push topic.',
    roles: ['ADMIN'],
  },
  'messaging.deliveries.read': {
    description: 'See what became of notifications on each channel, and lift suppressions of addresses.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'messaging.rooms.manage': {
    description: 'Make named rooms and groups, change rooms, and add and remove their members.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
  'messaging.rooms.moderate': {
    description: 'Delete messages, ban members and decide reports in every room; each is audited.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'messaging.support.answer': {
    description: 'Read and answer the rooms in which people ask for support.',
    roles: ['ADMIN', 'SUPERVISOR', 'CURATOR'],
  },
});
