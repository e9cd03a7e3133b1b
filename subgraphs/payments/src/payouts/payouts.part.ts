import { BalanceResolver } from '../balances/balance.resolver.js';
import { BalanceService } from '../balances/balance.service.js';
import type { PaymentsCore, PaymentsPart } from '../core.js';
import { Tutors } from '../marketplace/tutors.js';
import { PayoutAccountResolver } from '../payout-accounts/payout-account.resolver.js';
import { PayoutAccountService } from '../payout-accounts/payout-account.service.js';
import { createAccount, followAccounts } from '../payout-accounts/payout-account.stripe.js';
import { ReturnUrls } from '../return-urls.js';
import { TransferResolver } from '../transfers/transfer.resolver.js';
import { TransferService } from '../transfers/transfer.service.js';
import { followTransfers } from '../transfers/transfer-stripe.js';
import { transferWaitingSharesJob } from '../transfers/transfer-waiting-shares.job.js';
import { WithdrawalResolver } from '../withdrawals/withdrawal.resolver.js';
import { WithdrawalService } from '../withdrawals/withdrawal.service.js';
import { createPayout, payoutSync } from '../withdrawals/withdrawal.stripe.js';
import { WithdrawalDecisionService } from '../withdrawals/withdrawal-decision.service.js';

/** Wires tutors' money: their accounts at Stripe, what goes there, and what leaves from there. */
export function createPayouts(core: PaymentsCore): PaymentsPart {
  const { tools, environment, stripe, operations, sync } = core;
  const tutors = new Tutors(tools.graph);
  const waitingShares = transferWaitingSharesJob(tools.orm.em, operations);
  followTransfers(core);
  operations.handle(createAccount(waitingShares));
  sync.handle(followAccounts(waitingShares));
  operations.handle(createPayout);
  sync.handle(payoutSync);
  const urls = new ReturnUrls(environment);
  const accounts = new PayoutAccountService(stripe, operations, tutors, urls, environment.CONNECT_COUNTRY);
  const withdrawals = new WithdrawalService(stripe, operations, environment.WITHDRAWAL_LIMIT_MINOR);
  const decisions = new WithdrawalDecisionService(stripe, operations);
  return {
    resolvers: [
      new PayoutAccountResolver(accounts),
      new BalanceResolver(new BalanceService(tutors)),
      new TransferResolver(new TransferService(operations)),
      new WithdrawalResolver(withdrawals, decisions),
    ],
    jobs: [waitingShares],
  };
}
