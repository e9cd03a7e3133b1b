import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { room as accounts } from '@tutorgraph/accounts/room';
import { type OpenDatabase, openDatabase } from '@tutorgraph/kit/database/open-database';
import { EnvironmentError, processSettings } from '@tutorgraph/kit/environment/environment';
import type { EventBus } from '@tutorgraph/kit/events/bus';
import { MemoryEventBus } from '@tutorgraph/kit/events/memory-bus';
import { RedisEventBus } from '@tutorgraph/kit/events/redis-bus';
import type { SubgraphCall } from '@tutorgraph/kit/graph/graph-client';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { type Lifecycle, type RunningProcess, runUntilSignal } from '@tutorgraph/kit/lifecycle/lifecycle';
import { type RoomDefinition, type RunningRoom, startRoom } from '@tutorgraph/kit/room/room';
import { createTrust, RIGHTS_OWNER } from '@tutorgraph/kit/room/surroundings';
import { createLogger, type Logger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { createErrorReporter } from '@tutorgraph/kit/telemetry/sentry';
import { createServiceIdentities, type ServiceIdentity } from '@tutorgraph/kit/viewer/service-token';
import { room as marketplace } from '@tutorgraph/marketplace/room';
import { createGateway } from './app.js';
import { readSingleProcessEnvironment, type SingleProcessEnvironment } from './environment.js';
import { demoUsers } from './playground/demo-users.js';
import { readReadyOperations } from './playground/ready-operation.js';
import { Supergraph } from './supergraph/supergraph.js';
import { inProcessTransport } from './transports/in-process-transport.js';

/** Every room, in the order in which they start. */
const definitions: readonly RoomDefinition[] = [accounts, marketplace];
const SUPERGRAPH = fileURLToPath(new URL('../../schema/supergraph.graphql', import.meta.url));
const OPERATIONS = fileURLToPath(new URL('../../schema/operations/journey', import.meta.url));

await runUntilSignal(start);

async function start(lifecycle: Lifecycle): Promise<RunningProcess> {
  const startedAt = performance.now();
  const settings = processSettings();
  const environment = readSingleProcessEnvironment(settings);
  const readable = process.stdout.isTTY && !environment.gateway.production;
  const logger = createLogger({ service: 'tutorgraph', level: environment.logLevel, readable });
  const reporter = await createErrorReporter({
    dsn: environment.gateway.sentryDsn,
    environment: environment.gateway.production ? 'production' : 'development',
    service: 'tutorgraph',
    logger,
  });
  const database = await openDatabase(environment);
  lifecycle.own('database', () => database.close());
  void database.stopped.then((reason) => {
    if (reason) throw new Error('The embedded database stopped by itself', { cause: reason });
  });
  const rooms = await startRooms({ environment, settings, database, logger, lifecycle });
  const gateway = await createGateway({
    supergraph: new Supergraph(await readFile(SUPERGRAPH, 'utf8')),
    transports: new Map([...rooms.running].map(([name, { subgraph }]) => [name, inProcessTransport(subgraph)])),
    settings: environment.gateway.settings,
    logger,
    metrics: rooms.metrics,
    verify: rooms.verify,
    isDraining: () => lifecycle.isDraining,
    playground: { demoUsers: environment.demo ? demoUsers : undefined, operations: await readReadyOperations(OPERATIONS) },
  });
  lifecycle.own('gateway', () => gateway.close());
  const address = await gateway.listen(environment.gateway);
  if (environment.demo) await loadDemoOnce(database.url, logger);
  announce(address, environment, performance.now() - startedAt);
  return { logger, reporter };
}
