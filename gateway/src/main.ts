import { processSettings } from '@tutorgraph/kit/environment/environment';
import { type Lifecycle, type RunningProcess, runUntilSignal } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { openTracing } from '@tutorgraph/kit/telemetry/open-tracing';
import { createErrorReporter } from '@tutorgraph/kit/telemetry/sentry';
import { startDistributed } from './distributed.js';
import { readGatewayEnvironment } from './environment.js';

await runUntilSignal(start);

async function start(lifecycle: Lifecycle): Promise<RunningProcess> {
  const settings = processSettings();
  const environment = readGatewayEnvironment(settings);
  const logger = createLogger({ service: 'gateway', level: environment.logLevel });
  const reporter = await createErrorReporter({
    dsn: environment.sentryDsn,
    environment: environment.production ? 'production' : 'development',
    service: 'gateway',
    logger,
  });
  const tracing = await openTracing({ settings, service: 'gateway', trustsCallers: false });
  if (tracing) lifecycle.own('traces', () => tracing.close());
  const url = await startDistributed(environment, logger, lifecycle, tracing);
  logger.info({ url }, 'The gateway is ready');
  return { logger, reporter };
}
