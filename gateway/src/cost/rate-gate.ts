import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import { GraphQLError } from 'graphql';
import type { OperationGate } from '../operations/operation-gate.js';
import { OperationRefused } from '../operations/operation-refused.js';
import type { ReadOperation } from '../operations/read-operation.js';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { Budget } from './budget.js';
import { costOf } from './operation-cost.js';

/** Who spends what; what is left out is not limited. */
export interface RateGateOptions {
  /** By the user's id. */
  viewers: Budget | undefined;
  /** By the network, whoever asks: see `networkOf`. */
  networks: Budget | undefined;
}

/** Nothing is for free. */
const LEAST_COST = 1;
const TOO_MANY_REQUESTS = 429;

/** Lets people and networks spend only so much cost in a time, so that a few dear operations count like many cheap ones. */
export class RateGate implements OperationGate {
  constructor(private readonly options: RateGateOptions) {}

  admit(operation: ReadOperation, { viewer, metadata }: GatewayContext): void | Promise<void> {
    const cost = Math.max(LEAST_COST, costOf(operation).estimate(operation.variables ?? {}));
    const { viewers, networks } = this.options;
    const ofViewer = viewer ? viewers?.take(viewer.userId, cost) : undefined;
    const ofNetwork = networks?.take(networkOf(metadata.clientAddress), cost);
    if (typeof ofViewer !== 'object' && typeof ofNetwork !== 'object') return refuse([ofViewer, ofNetwork]);
    return Promise.all([ofViewer, ofNetwork]).then(refuse);
  }
}

function refuse(waits: readonly (number | undefined)[]): void {
  const seconds = Math.max(...waits.map((wait) => wait ?? 0));
  if (seconds === 0) return;
  const retryAfter = Math.ceil(seconds);
  const error = new GraphQLError(`Too much was asked for in a short time; try again in ${retryAfter} s`, {
    extensions: { code: 'RATE_LIMITED', retryAfter },
  });
  throw new OperationRefused([error], TOO_MANY_REQUESTS);
}
