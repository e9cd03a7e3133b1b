import { GraphQLError } from 'graphql';
import type { OperationGate } from '../operations/operation-gate.js';
import type { ReadOperation } from '../operations/read-operation.js';
import type { GatewayContext } from '../requests/gateway-context.js';
import { costOf } from './operation-cost.js';

/** What one operation may cost. */
export interface CostGateOptions {
  /** The most that this operation may cost. */
  limitFor: (operation: ReadOperation) => number;
  /** Told of each estimate, of those too that are refused. */
  onEstimate: (cost: number) => void;
}

/** Refuses operations that may cost too much, before anything is fetched for them. */
export class CostGate implements OperationGate {
  constructor(private readonly options: CostGateOptions) {}

  admit(operation: ReadOperation, { record }: GatewayContext): void {
    const { limitFor, onEstimate } = this.options;
    const estimated = costOf(operation).estimate(operation.variables ?? {});
    onEstimate(estimated);
    record.cost = estimated;
    const limit = limitFor(operation);
    if (estimated > limit) throw tooDear(estimated, limit);
  }
}

function tooDear(estimated: number, limit: number): GraphQLError {
  const message = `The operation may cost ${estimated}, at most ${limit}: ask for shorter pages (first, last), or for fewer lists within lists`;
  return new GraphQLError(message, { extensions: { code: 'COST_LIMIT_EXCEEDED', estimated, limit } });
}
