import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet, JWK } from 'jose';
import { z } from 'zod';
import { openDatabase } from '../database/open-database.js';
import { commonSettings, port, readEnvironment } from '../environment/environment.js';
import { RedisEventBus } from '../events/redis-bus.js';
import type { SubgraphCall } from '../graph/graph-client.js';
import { remoteSubgraph } from '../graph/remote-subgraph.js';
import { serveSubgraph } from '../graphql/serve.js';
import { type Lifecycle, type RunningProcess, runUntilSignal } from '../lifecycle/lifecycle.js';
import { FILES_PATH } from '../storage/file-routes.js';
import { openStorage } from '../storage/open-storage.js';
import { storageSettings } from '../storage/storage-settings.js';
import { registerOperations } from '../telemetry/http.js';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { openTracing } from '../telemetry/open-tracing.js';
import { createErrorReporter } from '../telemetry/sentry.js';
import { remoteKeys } from '../viewer/remote-keys.js';
import type { ServiceIdentity } from '../viewer/service-token.js';
import { type RoomDefinition, startRoom } from './room.js';
import { createTrust, RIGHTS_OWNER } from './surroundings.js';

const SUBGRAPH_ADDRESS = /^([A-Z]+)_SUBGRAPH_URL$/;

/** A JSON document in a setting. */
const json = <Value>(example: string) =>
  z.string().transform((text, context): Value => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue(`must be JSON, such as ${example}; npm run service-keys makes one`);
      return z.NEVER;
    }
  });

/** Settings by which one service proves itself to another. */
export const serviceSettings = {
  SERVICE_PRIVATE_KEY: json<JWK>('{"kty":"OKP",…}'),
  SERVICE_PUBLIC_KEYS: json<JSONWebKeySet>('{"keys":[…]}'),
} satisfies z.ZodRawShape;

/** Settings of a room that is a process of its own. */
export const roomSettings = {
  ...commonSettings,
  ...serviceSettings,
  ...storageSettings,
  PORT: port.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'a room of its own needs a PostgreSQL URL' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'a room of its own needs a Redis URL' }),
  JWKS_URL: z.url().default('http://127.0.0.1:4001/.well-known/jwks.json'),
} satisfies z.ZodRawShape;

/** Runs one room as a process of its own until it is told to stop. */
export async function runRoom(definition: RoomDefinition, settings: Record<string, string | undefined>): Promise<void> {
  await runUntilSignal((lifecycle) => serveRoom(definition, settings, lifecycle));
}

async function serveRoom(
  definition: RoomDefinition,
  settings: Record<string, string | undefined>,
  lifecycle: Lifecycle,
): Promise<RunningProcess> {
  const environment = readEnvironment(roomSettings, settings);
  const logger = createLogger({ service: definition.name, level: environment.LOG_LEVEL });
  const reporter = await createErrorReporter({
    dsn: environment.SENTRY_DSN,
    environment: environment.NODE_ENV,
    service: definition.name,
    logger,
  });
  const metrics = new Metrics().collectProcessMetrics();
  const tracing = await openTracing({ settings, service: definition.name, trustsCallers: true });
  if (tracing) lifecycle.own('traces', () => tracing.close());
  const database = await openDatabase({ databaseUrl: environment.DATABASE_URL, dataDir: environment.DATA_DIR });
  lifecycle.own('database', () => database.close());
  const bus = new RedisEventBus({ url: environment.REDIS_URL, logger });
  lifecycle.own('event bus', () => bus.close());
  const identity: ServiceIdentity = {
    service: definition.name,
    privateKey: environment.SERVICE_PRIVATE_KEY,
    publicKeys: environment.SERVICE_PUBLIC_KEYS,
  };
  const subgraphs = remoteSubgraphs(settings);
  const loadKeys = remoteKeys(environment.JWKS_URL);
  const port = environment.PORT ?? definition.port;
  const servedAt = () => `http://${environment.HOST}:${port}`;
  const files = await openStorage({ settings, isShared: true, servedAt: () => `${servedAt()}${FILES_PATH}`, logger });
  lifecycle.own('file storage', () => files.storage.close());
  const trust = createTrust({ identity, subgraphs, loadKeys, bus, logger });
  const room = await startRoom(definition, {
    ...trust,
    databaseUrl: database.url,
    redisUrl: environment.REDIS_URL,
    bus,
    identity,
    storage: files.storage,
    servedAt,
    rooms: await roomNames(),
    logger,
    metrics,
    tracing,
    settings,
  });
  lifecycle.own('room', () => room.close());
  if (definition.name === RIGHTS_OWNER) subgraphs.set(RIGHTS_OWNER, room.subgraph.execute);
  const served = await serveSubgraph(room.subgraph, {
    host: environment.HOST,
    port,
    servicePublicKeys: identity.publicKeys,
    routes: async (app) => {
      room.parts.routes?.(app);
      // Such a process is not in production: the playground that uses it comes from another origin.
      await files.routes?.(app, { anyOrigin: true });
      registerOperations(app, {
        metrics,
        isDraining: () => lifecycle.isDraining,
        checks: [{ name: 'database', check: () => room.orm.em.fork().execute('select 1') }],
      });
    },
  });
  lifecycle.own('server', () => served.close());
  trust.rights.start();
  lifecycle.own('rights', async () => trust.rights.stop());
  logger.info({ url: served.url }, 'Ready');
  return { logger, reporter };
}

/** Every room of the system, as `npm run schema` found them. */
async function roomNames(): Promise<string[]> {
  const file = new URL('../../../schema/rooms.json', import.meta.url);
  return z.array(z.string()).parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Other subgraphs' addresses from settings such as MARKETPLACE_SUBGRAPH_URL. */
export function remoteSubgraphs(settings: Record<string, string | undefined>): Map<string, SubgraphCall> {
  return new Map(
    Object.entries(settings).flatMap(([key, value]) => {
      const name = SUBGRAPH_ADDRESS.exec(key)?.[1]?.toLowerCase();
      return name && value ? [[name, remoteSubgraph(value)] as const] : [];
    }),
  );
}
