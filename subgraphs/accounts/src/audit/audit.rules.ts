/** Everything that the audit log records. */
export const auditActions = [
  'SIGNED_IN',
  'SIGN_IN_FAILED',
  'SESSION_REVOKED',
  'SIGNED_OUT_EVERYWHERE',
  'EMAIL_VERIFIED',
  'PHONE_VERIFIED',
  'PHONE_REMOVED',
  'PASSWORD_CHANGED',
  'PASSWORD_RESET',
  'PASSWORD_RESET_FAILED',
  'TELEGRAM_LINKED',
  'TELEGRAM_UNLINKED',
  'USER_CREATED',
  'USER_UPDATED',
  'ROLE_CHANGED',
  'USER_SUSPENDED',
  'USER_RESTORED',
  'ROLE_PERMISSIONS_SET',
  'PERMISSION_SET_CREATED',
  'PERMISSION_SET_UPDATED',
  'PERMISSION_SET_DELETED',
  'USER_PERMISSION_GRANTED',
  'USER_PERMISSION_DENIED',
  'USER_PERMISSION_CLEARED',
  'CONSENT_UPDATED',
  'DATA_EXPORT_REQUESTED',
  'DELETION_REQUESTED',
  'DELETION_CANCELLED',
  'ACCOUNT_ERASED',
  'STAFF_ACTION',
] as const;
/** @see auditActions */
export type AuditAction = (typeof auditActions)[number];

const subjects: Readonly<Record<string, string>> = {
  SIGN_IN_FAILED: 'Somebody could not sign in.',
  STAFF_ACTION:
    'Staff did something elsewhere on the platform: `details` say what (`action`), to which `resource` and `resourceId`, and the names of changed `fields`.',
  PASSWORD_RESET_FAILED: 'Somebody could not set a lost password anew.',
};

/** An action in words: `ROLE_CHANGED` is "Role changed." */
export function describeAction(action: AuditAction): string {
  const words = action.toLowerCase().replaceAll('_', ' ');
  return subjects[action] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
