import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { room as accounts } from '@tutorgraph/accounts/room';
import { openDatabase } from '@tutorgraph/kit/database/open-database';
import { processSettings } from '@tutorgraph/kit/environment/environment';
import { type Lifecycle, type RunningProcess, runUntilSignal } from '@tutorgraph/kit/lifecycle/lifecycle';
import { firstStart, loadDemo } from '@tutorgraph/kit/room/demo';
import type { RoomDefinition } from '@tutorgraph/kit/room/room';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createErrorReporter } from '@tutorgraph/kit/telemetry/sentry';
import { room as marketplace } from '@tutorgraph/marketplace/room';
import { createGateway } from './app.js';
import { demoUsers } from './playground/demo-users.js';
import { readReadyOperations } from './playground/ready-operation.js';
import { announce } from './single-process/announcement.js';
import { readSingleProcessEnvironment } from './single-process/environment.js';
import { startRooms } from './single-process/rooms.js';
import { Supergraph } from './supergraph/supergraph.js';
import { inProcessTransport } from './transports/in-process-transport.js';

/** Every room, in the order in which they start. */
const definitions: readonly RoomDefinition[] = [accounts, marketplace];
const SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const OPERATIONS = fileURLToPath(new URL('../../schema/operations/journey', import.meta.url));

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
  const database = await openDatabase(environment);
  lifecycle.own('database', () => database.close());
  void database.stopped.then((cause) => {
    if (cause) throw new Error('The embedded database stopped by itself; start again', { cause });
  });
  const metrics = new Metrics().collectProcessMetrics();
  const { rooms, verify } = await startRooms({
    definitions,
    environment,
    settings,
    databaseUrl: database.url,
    logger,
    metrics,
    lifecycle,
  });
  if (environment.demo) await loadDemo(definitions, database.url, { ...firstStart, now: new Date(), clear: false });
  const gateway = await createGateway({
    supergraph: new Supergraph(await readFile(SUPERGRAPH, 'utf8')),
    transports: new Map(rooms.map(({ name, subgraph }) => [name, inProcessTransport(subgraph)])),
    settings: environment.gateway.settings,
    logger,
    metrics,
    verify,
    isDraining: () => lifecycle.isDraining,
    playground: {
      demoUsers: environment.demo ? demoUsers : undefined,
      operations: await readReadyOperations(OPERATIONS),
    },
  });
  lifecycle.own('gateway', () => gateway.close());
  const address = await gateway.listen(environment.gateway);
  announce(address, environment);
  return { logger, reporter };
}
