import { definePermissions } from '@tutorgraph/kit/viewer/permissions';

/** What people may do in this room; what is somebody's own is theirs alone, whatever their role. */
export const permissions = definePermissions('payments', {
  'payments.purchases.make': {
    description: 'Pay for lessons and packages, and keep cards.',
    roles: ['STUDENT'],
  },
  'payments.earnings.own': {
    description: 'Have a payout account, a balance and withdrawals, and a premium membership.',
    roles: ['TUTOR'],
  },
  'payments.payments.read-any': {
    description: 'See every payment with its student, refunds and disputes, and every payout.',
    roles: ['ADMIN', 'SUPERVISOR'],
  },
  'payments.refunds.make': {
    description: 'Refund payments, and answer disputes of cardholders with evidence.',
    roles: ['ADMIN'],
  },
  'payments.transfers.make': {
    description: 'Transfer money to tutors by hand, and approve or reject their withdrawals.',
    roles: ['ADMIN'],
  },
  'payments.ledger.read': {
    description: 'See the ledger, its accounts and what reconciliation found, and export it.',
    roles: ['ADMIN'],
  },
  'payments.metrics.read': {
    description: 'See volume, revenue, refunds, payouts and profit of the platform.',
    roles: ['ADMIN'],
  },
});
