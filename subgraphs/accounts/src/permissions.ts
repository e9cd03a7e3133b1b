import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/** What people may do in this room beyond their own account. */
export const permissions = definePermissions('accounts', {
  'accounts.users.read': {
    description: 'See every account: names, email address, role and settings.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
});
