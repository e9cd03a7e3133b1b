import type { RoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { BalanceResolver } from './balances/balance.resolver.js';
import { DisputeResolver, PaymentDisputesResolver } from './disputes/dispute.resolver.js';
import { ledgerResolvers } from './ledger/ledger.resolver.js';
import { resolvePlatformMetrics, resolveProfitReport } from './metrics/metrics.reference.js';
import { metricsResolvers } from './metrics/metrics.resolver.js';
import { PlatformMetrics, ProfitReport } from './metrics/metrics.types.js';
import { resolvePackage } from './packages/package.reference.js';
import { payingResolvers } from './payments/paying.resolvers.js';
import { resolvePayment } from './payments/payment.reference.js';
import { PayoutAccountResolver } from './payout-accounts/payout-account.resolver.js';
import { PremiumResolver } from './premium/premium.resolver.js';
import { reconciliationResolvers } from './reconciliation/reconciliation.resolver.js';
import { PaymentRefundsResolver, RefundResolver } from './refunds/refund.resolver.js';
import { TransferResolver } from './transfers/transfer.resolver.js';
import { WithdrawalResolver } from './withdrawals/withdrawal.resolver.js';

/** Every resolver class and entity of this room. */
export const schema: RoomSchema = {
  resolvers: [
    ...payingResolvers,
    PayoutAccountResolver,
    BalanceResolver,
    TransferResolver,
    WithdrawalResolver,
    PremiumResolver,
    RefundResolver,
    PaymentRefundsResolver,
    DisputeResolver,
    PaymentDisputesResolver,
    // Finance.
    ...ledgerResolvers,
    ...reconciliationResolvers,
    ...metricsResolvers,
  ],
  // Nothing of this room's own leads to them.
  extensions: [PlatformMetrics, ProfitReport],
  references: {
    Payment: resolvePayment,
    LessonPackage: resolvePackage,
    PlatformMetrics: resolvePlatformMetrics,
    ProfitReport: resolveProfitReport,
    // Who may see its payment, that field decides.
    Booking: async ({ id }) => ({ id }),
  },
};
