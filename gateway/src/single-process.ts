import { enableCompileCache } from 'node:module';
import { openDatabase } from '@tutorgraph/kit/database/open-database';
import { processSettings } from '@tutorgraph/kit/environment/environment';
import { type Lifecycle, type RunningProcess, runUntilSignal } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { createErrorReporter } from '@tutorgraph/kit/telemetry/sentry';
import { announce } from './single-process/announcement.js';
import { readSingleProcessEnvironment } from './single-process/environment.js';
import { ensureFreePort } from './single-process/free-port.js';

enableCompileCache();
await runUntilSignal(start);

async function start(lifecycle: Lifecycle): Promise<RunningProcess> {
  const settings = processSettings();
  const environment = readSingleProcessEnvironment(settings);
  const logger = createLogger({
    service: 'tutorgraph',
    level: environment.logLevel,
    readable: process.stdout.isTTY && !environment.gateway.production,
  });
  const reporter = await createErrorReporter({
    dsn: environment.gateway.sentryDsn,
    environment: environment.gateway.production ? 'production' : 'development',
    service: 'tutorgraph',
    logger,
  });
  await ensureFreePort(environment.gateway);
  // The database starts on a thread of its own while the rooms and the gateway are loaded here.
  const loading = import('./single-process/whole-graph.js');
  const database = await openDatabase(environment);
  lifecycle.own('database', () => database.close());
  void database.stopped.then((cause) => {
    if (cause) throw new Error('The embedded database stopped by itself; start again', { cause });
  });
  const { startWholeGraph } = await loading;
  const graph = await startWholeGraph({ environment, settings, databaseUrl: database.url, logger, lifecycle });
  announce(graph, environment);
  return { logger, reporter };
}
