import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/** What people may do in this room beyond their own account. */
export const permissions = definePermissions('accounts', {
  'accounts.users.read': {
    description: 'See every account: names, email address, role and settings.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
  'accounts.users.manage': {
    description: 'Open and change accounts of lower roles.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
  'accounts.users.suspend': {
    description: 'Suspend and restore accounts of lower roles.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
  'accounts.roles.change': {
    description: "Give accounts of lower roles another role below one's own.",
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
  'accounts.permissions.manage': {
    description:
      'Configure the permissions of roles and people, and permission sets. Only super admins have it; it cannot be given to others.',
    roles: [],
  },
  'accounts.audit.read': {
    description: 'Read the audit log.',
    roles: ['ADMIN'],
  },
  'accounts.plans.read': {
    description: 'See how the gateway plans an operation.',
    roles: ['ADMIN'],
  },
  'accounts.metrics.read': {
    description: 'See the figures of the platform.',
    roles: ['ADMIN', 'HR', 'SUPERVISOR'],
  },
});
