import type { RedisConnection } from '@tutorgraph/kit/cache/redis';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { type Budget, MemoryBudget } from './cost/budget.js';
import { CostGate } from './cost/cost-gate.js';
import { RateGate } from './cost/rate-gate.js';
import { SharedBudget } from './cost/shared-budget.js';
import { NamedDocuments } from './documents/named-documents.js';
import { PersistedQueries } from './documents/persisted-queries.js';
import type { TrustedDocuments } from './documents/trusted-documents.js';
import { UnknownDocuments } from './documents/unknown-documents.js';
import { seldomWarning } from './insight/seldom-warning.js';
import type { OperationGate } from './operations/operation-gate.js';
import type { OperationsOptions } from './operations/operations.js';
import { useCostMetrics } from './plugins/use-cost-metrics.js';
import type { GatewaySettings } from './settings.js';

/** What decides which operations are let in is made of. */
export interface AdmissionDependencies {
  settings: GatewaySettings;
  logger: Logger;
  metrics: Metrics;
  /** Documents of our own clients; what they are for is a setting. */
  trustedDocuments?: TrustedDocuments | undefined;
  /** Counts and keeps for several processes. */
  redis?: RedisConnection['client'] | undefined;
}

/** What strangers' documents may cost where our clients' are preferred, as a share of what those may. */
const SHARE_OF_STRANGERS = 0.25;

/**
 * Finds documents and lets operations in: what they may cost, how much in a minute, and which documents at all. Trusted ones
 * have the same limits as others, because a client chooses their variables, and with them the length of every list.
 */
export function createAdmission({
  settings,
  logger,
  metrics,
  trustedDocuments: listed,
  redis,
}: AdmissionDependencies): Pick<OperationsOptions, 'source' | 'gates' | 'observers'> {
  const { limits, rates, persistedQueryBytes: bytes = 0, trustedDocuments: trust = 'off' } = settings;
  const trusted = trust === 'off' ? undefined : listed;
  if (trust !== 'off' && !trusted) throw new Error('Name lists of documents in TRUSTED_DOCUMENTS_PATH, or trust none');
  const onlyTrusted = trust === 'require';
  const persisted = onlyTrusted || bytes === 0 ? undefined : openPersistedQueries(bytes, redis, logger);
  const cost = useCostMetrics(metrics);
  const strangersMost = trust === 'prefer' ? limits.cost * SHARE_OF_STRANGERS : limits.cost;
  const uncounted = seldomWarning(logger, 'Budgets of cost are not counted in Redis; each gateway counts by itself');
  const budget = (name: string, perMinute = 0): Budget | undefined => {
    if (perMinute === 0) return undefined;
    return redis ? new SharedBudget({ name, redis, perMinute, onFailure: uncounted }) : new MemoryBudget({ perMinute });
  };
  const gates: (OperationGate | undefined)[] = [
    trust === 'log' && trusted ? new UnknownDocuments(trusted, logger) : undefined,
    new CostGate({
      limitFor: ({ key }) => (trusted?.hasText(key) ? limits.cost : strangersMost),
      onEstimate: cost.onEstimate,
    }),
    rates && new RateGate({ viewers: budget('viewer', rates.viewer), networks: budget('network', rates.network) }),
    persisted,
  ];
  return {
    source: new NamedDocuments({ trusted, onlyTrusted, persisted }),
    gates: gates.filter((gate) => gate !== undefined),
    observers: [cost.observer],
  };
}

function openPersistedQueries(bytes: number, redis: AdmissionDependencies['redis'], logger: Logger): PersistedQueries {
  const message = 'Redis does not keep registered documents; each gateway knows its own only';
  return new PersistedQueries({ bytes, redis, onFailure: seldomWarning(logger, message) });
}
