import type { GraphQLFormattedError } from 'graphql';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { OperationRequest } from './operation-request.js';
import type { ReadOperation } from './read-operation.js';

/** How a query or mutation ended, or why a subscription did not begin. */
export interface OperationOutcome {
  /** Undefined when the request could not be read. */
  operation: ReadOperation | undefined;
  /** As the client sees them. */
  errors: readonly GraphQLFormattedError[];
  /** Something was run, and told. */
  hasData: boolean;
  /** What was told, of a query or mutation. */
  data?: Readonly<Record<string, unknown>> | null | undefined;
}

/** Watches operations without changing them. */
export interface OperationObserver {
  /** @returns called once, with how it ended; for a subscription when it has begun */
  began(request: OperationRequest, context: GatewayContext): (outcome: OperationOutcome) => void;
}
