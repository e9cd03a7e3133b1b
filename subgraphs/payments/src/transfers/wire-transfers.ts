import type { PaymentsCore, PaymentsPart } from '../core.js';
import { followTransfers } from './transfer-stripe.js';
import { type TransferWaitingShares, transferWaitingSharesJob } from './transfer-waiting-shares.job.js';

/** Money on its way to tutors. */
export interface Transfers extends PaymentsPart {
  waitingShares: TransferWaitingShares;
}

/** Wires transfers. */
export function createTransfers(core: PaymentsCore): Transfers {
  followTransfers(core);
  const waitingShares = transferWaitingSharesJob(core.tools.orm.em, core.operations);
  return { resolvers: [], jobs: [waitingShares], waitingShares };
}
