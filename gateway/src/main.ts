import { type Lifecycle, type RunningProcess, runUntilSignal } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { createErrorReporter } from '@tutorgraph/kit/telemetry/sentry';
import { startDistributed } from './distributed.js';
import { readGatewayEnvironment } from './environment.js';

await runUntilSignal(start);

async function start(lifecycle: Lifecycle): Promise<RunningProcess> {
  const environment = readGatewayEnvironment();
  const logger = createLogger({ service: 'gateway', level: environment.logLevel });
  const reporter = await createErrorReporter({
    dsn: environment.sentryDsn,
    environment: environment.production ? 'production' : 'development',
    service: 'gateway',
    logger,
  });
  const url = await startDistributed(environment, logger, lifecycle);
  logger.info({ url }, 'The gateway is ready');
  return { logger, reporter };
}
