import type { PaymentsCore, PaymentsPart } from '../core.js';
import { disputeSync } from './dispute.sync.js';

/** Wires disputes of cardholders. */
export function createDisputes(core: PaymentsCore): PaymentsPart {
  core.sync.handle(disputeSync(core));
  return { resolvers: [] };
}
