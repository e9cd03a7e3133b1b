import type { MikroORM } from '@mikro-orm/postgresql';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { AiClient } from '../ai/ai-client.js';
import { openAi } from '../ai/open-ai.js';
import { createOrm, migrate, type RoomDatabase } from '../database/orm.js';
import { EnvironmentError, readEnvironment } from '../environment/environment.js';
import type { EventBus } from '../events/bus.js';
import { type ConsumerOptions, startConsumer } from '../events/consumer.js';
import type { DomainEvent, EventType } from '../events/event.js';
import { eventMetrics } from '../events/event-metrics.js';
import { LiveStream } from '../events/live-stream.js';
import { purgeOutbox } from '../events/outbox-log.js';
import { Relay } from '../events/relay.js';
import type { GraphClient } from '../graph/graph-client.js';
import type { RoomBroadcasts } from '../graphql/broadcasts.js';
import { createSubgraph, type RoomSchema, type Subgraph } from '../graphql/subgraph.js';
import { defineJob, type JobDefinition } from '../jobs/job.js';
import { startJobs } from '../jobs/jobs.js';
import { Lifecycle } from '../lifecycle/lifecycle.js';
import { createMessages, loadMessages, type Messages } from '../messages/messages.js';
import { privacyConsumer } from '../privacy/privacy-consumer.js';
import type { RoomPrivacy } from '../privacy/room-privacy.js';
import { createRateLimiter, type OpenRateLimiter, type RateLimiter } from '../rate-limits/rate-limiter.js';
import { openSignals, type Signals } from '../signals/signals.js';
import type { ObjectStorage } from '../storage/object-storage.js';
import type { Logger } from '../telemetry/logger.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { Tracing } from '../telemetry/tracing.js';
import type { AccessTokenVerifier } from '../viewer/access-token.js';
import { Authenticator } from '../viewer/authenticator.js';
import type { PermissionCatalogue } from '../viewer/permissions.js';
import type { Rights } from '../viewer/rights.js';
import type { ServiceIdentity } from '../viewer/service-token.js';
import type { RoomDemo } from './demo.js';

/** Everything that a room says of itself. Tools and the processes that run it need nothing else. */
export interface RoomDefinition {
  /** The subgraph's name. */
  name: string;
  /** The port where it listens as a process of its own, unless PORT says otherwise. */
  port: number;
  database: RoomDatabase;
  schema: RoomSchema;
  events: readonly EventType[];
  permissions: PermissionCatalogue;
  /** Folder of the room's messages: one file a language, such as `en.ts`, that exports `messages`. */
  messages: URL;
  /** Keys by which live subscriptions find an event of this room, such as `order:<id>`. */
  liveKeys(event: DomainEvent): readonly string[];
  /** Subscriptions that say the same to all who may hear them, and fields that say the same to all who may see them. */
  broadcasts?: RoomBroadcasts;
  /** What the room does when somebody asks for their data, or to be forgotten. */
  privacy: RoomPrivacy;
  /** The room's part of the demo data; loaded only when it is wanted. */
  demo?(): Promise<RoomDemo>;
  /** Reads the room's own settings, to be told before anything starts what is wrong with them. @throws EnvironmentError */
  readSettings(source: Record<string, string | undefined>): unknown;
  /** Wires the room's services by hand. */
  create(tools: RoomTools): RoomParts;
}

/** What a room is given to build its services from. */
export interface RoomTools {
  orm: MikroORM;
  live: LiveStream;
  graph: GraphClient;
  rateLimiter: RateLimiter;
  /** Tells all processes of the room what need not be kept. */
  signals: Signals;
  /** Texts of the room in a person's language, for what is sent later; `context.text` is for answers. */
  messages: Messages;
  /** The origin where clients reach the room's own routes, such as `https://api.example.com`; ask when it is needed. */
  origin(): string;
  /** Files, which all rooms share; the process closes it. */
  storage: ObjectStorage;
  /** Names of all rooms of the system, this one and those of other processes included. */
  rooms: readonly string[];
  /** Asks an AI provider, within bounds; without a key every call is answered by its fallback. */
  ai: AiClient;
  logger: Logger;
  metrics: Metrics;
  /** Settings of the process, for the room's own environment.ts. */
  settings: Record<string, string | undefined>;
}

/** What a room made of it. */
export interface RoomParts {
  /** An instance of each resolver class of the schema. */
  resolvers: readonly object[];
  jobs?: readonly JobDefinition[];
  consumers?: readonly Pick<ConsumerOptions, 'name' | 'stream' | 'handlers'>[];
  /** Runs after migrations and before the first request. */
  prepare?(): Promise<void>;
  /** Runs once the room's jobs can be enqueued and its consumers read, and before the first request. */
  started?(): Promise<void>;
  /** Public keys of access tokens that this room issues, if it does. */
  jwks?(): Promise<JSONWebKeySet>;
  /** HTTP routes beside `/graphql`. */
  routes?(app: FastifyInstance): void;
  /** Closes what the room opened itself; nothing of the room works any more by then. */
  close?(): Promise<void>;
}

/** What all rooms of one process share. */
export interface RoomSurroundings {
  databaseUrl: string;
  /** Shared by all processes when there is one. */
  redisUrl?: string | undefined;
  bus: EventBus;
  identity: ServiceIdentity;
  accessTokens: AccessTokenVerifier;
  rights: Rights;
  graph: GraphClient;
  storage: ObjectStorage;
  /** The origin where this process is reached, where PUBLIC_URL does not say another. */
  servedAt: () => string;
  /** Names of all rooms of the system, also of those that run elsewhere. */
  rooms: readonly string[];
  logger: Logger;
  metrics: Metrics;
  /** Takes spans; undefined where nobody traces. */
  tracing?: Tracing | undefined;
  settings: Record<string, string | undefined>;
  /** Opens what counts uses. @default createRateLimiter */
  openRateLimiter?: OpenRateLimiter;
  /** Database connections for requests. @default 8 */
  poolSize?: number;
}

const addressSettings = {
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
} satisfies z.ZodRawShape;

/** A room that runs. */
export interface RunningRoom<Parts extends RoomParts = RoomParts> {
  name: string;
  subgraph: Subgraph;
  orm: MikroORM;
  parts: Parts;
  /** Stops taking work, finishes what is in flight and closes everything in reverse order. */
  close(): Promise<void>;
}

/** Reads the settings of rooms that are to start. @throws EnvironmentError that names every problem of all of them */
export function checkSettings(
  definitions: readonly Pick<RoomDefinition, 'readSettings'>[],
  settings: Record<string, string | undefined>,
): void {
  const problems = definitions.flatMap((definition) => {
    try {
      definition.readSettings(settings);
      return [];
    } catch (error) {
      if (error instanceof EnvironmentError) return [error.message];
      throw error;
    }
  });
  if (problems.length > 0) throw new EnvironmentError([...new Set(problems)].join('; '));
}

/** Opens a room's database, brings it up to date, and starts its relay, jobs, consumers and subgraph. */
export async function startRoom(definition: RoomDefinition, around: RoomSurroundings): Promise<RunningRoom> {
  const { name } = definition;
  checkSettings([definition], around.settings);
  const { openRateLimiter = createRateLimiter } = around;
  const logger = around.logger.child({ room: name });
  const lifecycle = new Lifecycle(logger);
  const onFault = (err: unknown): void => logger.error({ err }, 'A background part failed');
  try {
    const orm = await createOrm(definition.database, { url: around.databaseUrl, poolSize: around.poolSize });
    lifecycle.own('database', () => orm.close());
    await migrate(orm, name);
    const relay = new Relay({
      stream: name,
      em: orm.em,
      bus: around.bus,
      onFault,
      observer: eventMetrics(around.metrics),
    });
    await relay.start();
    lifecycle.own('relay', () => relay.stop());
    const live = new LiveStream({ stream: name, bus: around.bus, keysOf: definition.liveKeys, onFault });
    lifecycle.own('live stream', () => live.close());
    const rateLimiter = await openRateLimiter({
      redisUrl: around.redisUrl,
      databaseUrl: around.databaseUrl,
      room: name,
      logger,
    });
    lifecycle.own('rate limiter', () => rateLimiter.close());
    const signals = await openSignals({ room: name, redisUrl: around.redisUrl, logger });
    lifecycle.own('signals', () => signals.close());
    const messages = createMessages(await loadMessages(definition.messages));
    const { PUBLIC_URL: publicUrl } = readEnvironment(addressSettings, around.settings);
    const parts = definition.create({
      orm,
      live,
      ai: await openAi({ settings: around.settings, logger, metrics: around.metrics }),
      metrics: around.metrics,
      graph: around.graph,
      rateLimiter,
      signals,
      messages,
      storage: around.storage,
      origin: () => publicUrl ?? around.servedAt(),
      rooms: around.rooms,
      logger,
      settings: around.settings,
    });
    lifecycle.own('parts', () => parts.close?.());
    await parts.prepare?.();
    await startBackground(definition, parts, around, orm, lifecycle);
    await parts.started?.();
    const subgraph = createSubgraph(name, definition.schema, parts.resolvers, {
      em: orm.em,
      authenticator: new Authenticator(name, around.accessTokens, around.identity.publicKeys, around.rights),
      messages,
      rateLimiter,
      tracing: around.tracing,
      onFault: (err, requestId) => logger.error({ err, requestId }, 'A request failed'),
    });
    return { name, subgraph, orm, parts, close: () => lifecycle.close() };
  } catch (error) {
    await lifecycle.close();
    throw error;
  }
}

async function startBackground(
  definition: RoomDefinition,
  parts: RoomParts,
  around: RoomSurroundings,
  orm: MikroORM,
  lifecycle: Lifecycle,
): Promise<void> {
  const { name } = definition;
  const jobs = await startJobs({
    room: name,
    url: around.databaseUrl,
    jobs: [...(parts.jobs ?? []), purgeOutboxJob(name, orm, around.bus)],
    logger: around.logger,
    metrics: around.metrics,
  });
  lifecycle.own('jobs', () => jobs.close());
  const privacy = privacyConsumer({ room: name, privacy: definition.privacy, em: orm.em, storage: around.storage });
  for (const consumer of [privacy, ...(parts.consumers ?? [])]) {
    const started = await startConsumer({
      ...consumer,
      em: orm.em,
      bus: around.bus,
      logger: around.logger,
      observer: eventMetrics(around.metrics),
    });
    lifecycle.own(`consumer ${consumer.name} of ${consumer.stream}`, () => started.stop());
  }
}

const HISTORY_DAYS = 7;

function purgeOutboxJob(stream: string, orm: MikroORM, bus: EventBus): JobDefinition {
  return defineJob({
    name: 'purge-outbox',
    description: `Drops events older than ${HISTORY_DAYS} days, from which nobody can resume any more.`,
    payload: z.object({}),
    cron: '45 3 * * *',
    handler: async () => {
      const olderThan = new Date(Date.now() - HISTORY_DAYS * 24 * 60 * 60 * 1000);
      await purgeOutbox({ em: orm.em, bus, stream, olderThan });
    },
  });
}
