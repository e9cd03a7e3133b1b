import type { GatewayContext } from '../requests/gateway-context.js';
import type { ReadOperation } from './read-operation.js';

/** Decides, before anything is run, whether an operation may be. */
export interface OperationGate {
  /** @throws GraphQLError with a code, or OperationRefused with a status, when it may not */
  admit(operation: ReadOperation, context: GatewayContext): void | Promise<void>;
}
