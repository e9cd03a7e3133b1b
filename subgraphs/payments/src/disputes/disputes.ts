import type { PaymentsCore, PaymentsPart } from '../core.js';
import { DisputeResolver, PaymentDisputesResolver } from './dispute.resolver.js';
import { DisputeService } from './dispute.service.js';
import { disputeSync } from './dispute.sync.js';
import { evidenceOperation } from './evidence.operation.js';

/** Wires disputes of cardholders. */
export function createDisputes(core: PaymentsCore): PaymentsPart {
  core.sync.handle(disputeSync(core));
  core.operations.handle(evidenceOperation(core.tools.storage));
  return { resolvers: [new DisputeResolver(new DisputeService(core)), new PaymentDisputesResolver()] };
}
