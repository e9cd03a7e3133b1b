import type { RoomDatabase } from '@tutorgraph/kit/database/orm';
import { eventEntities } from '@tutorgraph/kit/events/entities';
import { IdempotencyKey } from '@tutorgraph/kit/idempotency/idempotency-key.entity';
import { Customer } from './customers/customer.entity.js';
import { Dispute } from './disputes/dispute.entity.js';
import { Journal } from './ledger/journal.entity.js';
import { LedgerAccount } from './ledger/ledger-account.entity.js';
import { Posting } from './ledger/posting.entity.js';
import { LessonPackage } from './packages/package.entity.js';
import { Payment } from './payments/payment.entity.js';
import { PayoutAccount } from './payout-accounts/payout-account.entity.js';
import { PremiumInvoice } from './premium/premium-invoice.entity.js';
import { PremiumMembership } from './premium/premium-membership.entity.js';
import { Difference } from './reconciliation/difference.entity.js';
import { Reconciliation } from './reconciliation/reconciliation.entity.js';
import { Refund } from './refunds/refund.entity.js';
import { StripeCursor } from './stripe/stripe-cursor.entity.js';
import { StripeEvent } from './stripe/stripe-event.entity.js';
import { StripeObject } from './stripe/stripe-object.entity.js';
import { StripeOperation } from './stripe/stripe-operation.entity.js';
import { Transfer } from './transfers/transfer.entity.js';
import { TransferReversal } from './transfers/transfer-reversal.entity.js';
import { Withdrawal } from './withdrawals/withdrawal.entity.js';

/** This room's tables and migrations. */
export const database: RoomDatabase = {
  room: 'payments',
  entities: [
    ...eventEntities,
    IdempotencyKey,
    Customer,
    Payment,
    LessonPackage,
    Refund,
    Dispute,
    PayoutAccount,
    Transfer,
    TransferReversal,
    Withdrawal,
    PremiumMembership,
    PremiumInvoice,
    LedgerAccount,
    Journal,
    Posting,
    Reconciliation,
    Difference,
    StripeOperation,
    StripeEvent,
    StripeObject,
    StripeCursor,
  ],
  migrations: new URL('../migrations/', import.meta.url),
};
