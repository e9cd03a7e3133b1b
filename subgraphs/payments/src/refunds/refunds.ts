import type { PaymentsCore, PaymentsPart } from '../core.js';
import { createRefundOperation } from './create-refund.operation.js';
import { PaymentRefundsResolver, RefundResolver } from './refund.resolver.js';
import { RefundService } from './refund.service.js';
import { chargeSync, refundSync } from './refund.sync.js';

/** Wires money that goes back. */
export function createRefunds(core: PaymentsCore): PaymentsPart {
  const { operations, sync } = core;
  operations.handle(createRefundOperation({ operations }));
  sync.handle(refundSync(core, { operations }));
  sync.handle(chargeSync(core, { operations }));
  return { resolvers: [new RefundResolver(new RefundService(operations)), new PaymentRefundsResolver()] };
}
