import type { PaymentsCore, PaymentsPart } from '../core.js';
import { settlePaymentsJob } from '../jobs/settle-payments.job.js';
import { settlementConsumer } from './settlement.consumer.js';

/** Wires what the end of lessons means for their money. */
export function createSettlement({ operations, environment, tools }: PaymentsCore): PaymentsPart {
  return {
    resolvers: [],
    jobs: [settlePaymentsJob(tools.orm.em, operations)],
    consumers: [settlementConsumer(operations, environment.SHARE_HOLD_HOURS)],
  };
}
