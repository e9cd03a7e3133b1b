import type { EventBus } from '@tutorgraph/kit/events/bus';
import { MemoryEventBus } from '@tutorgraph/kit/events/memory-bus';
import { RedisEventBus } from '@tutorgraph/kit/events/redis-bus';
import type { SubgraphCall } from '@tutorgraph/kit/graph/graph-client';
import type { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { type RoomDefinition, type RunningRoom, startRoom } from '@tutorgraph/kit/room/room';
import { createTrust, RIGHTS_OWNER } from '@tutorgraph/kit/room/surroundings';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import type { Tracing } from '@tutorgraph/kit/telemetry/tracing';
import { createServiceIdentities, type ServiceIdentity, ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { type GatewayTrust, trustWith } from '../trust/trust.js';
import type { SingleProcessEnvironment } from './environment.js';

/** What the rooms of one process share. */
export interface RoomsOptions {
  definitions: readonly RoomDefinition[];
  environment: SingleProcessEnvironment;
  /** Settings for the rooms, SECRET_KEY among them. */
  settings: Record<string, string | undefined>;
  storage: ObjectStorage;
  /** The origin of this process. */
  servedAt: () => string;
  databaseUrl: string;
  logger: Logger;
  metrics: Metrics;
  /** Takes spans; undefined where nobody traces. */
  tracing: Tracing | undefined;
  lifecycle: Lifecycle;
}

/** Rooms that run, and what the gateway needs beside them. */
export interface StartedRooms {
  rooms: RunningRoom[];
  trust: GatewayTrust;
  /** The gateway's own, by which it asks rooms for itself. */
  tokens: ServiceTokens;
}

/** Starts every room in this process; they call one another by function and share one bus. */
export async function startRooms(options: RoomsOptions): Promise<StartedRooms> {
  const { definitions, environment, lifecycle, logger } = options;
  const bus = createBus(environment.redisUrl, logger);
  lifecycle.own('event bus', () => bus.close());
  const identities = await createServiceIdentities(['gateway', ...definitions.map(({ name }) => name)]);
  const calls = new Map<string, SubgraphCall>();
  const rooms: RunningRoom[] = [];
  const trustOf = (identity: ServiceIdentity) =>
    createTrust({
      identity,
      subgraphs: calls,
      bus,
      logger,
      loadKeys: async () => (await rooms.find(({ name }) => name === RIGHTS_OWNER)?.parts.jwks?.()) ?? { keys: [] },
    });
  const own = identityOf(identities, 'gateway');
  const { rights, accessTokens } = trustOf(own);
  for (const definition of definitions) {
    const identity = identityOf(identities, definition.name);
    const room = await startRoom(definition, {
      databaseUrl: options.databaseUrl,
      redisUrl: environment.redisUrl,
      bus,
      identity,
      graph: trustOf(identity).graph,
      accessTokens,
      rights,
      logger,
      metrics: options.metrics,
      tracing: options.tracing,
      storage: options.storage,
      servedAt: options.servedAt,
      rooms: definitions.map(({ name }) => name),
      settings: options.settings,
    });
    lifecycle.own(`room ${room.name}`, () => room.close());
    rooms.push(room);
    calls.set(room.name, room.subgraph.execute);
  }
  rights.start();
  lifecycle.own('rights', () => rights.stop());
  await rights.refresh();
  return { rooms, trust: trustWith(accessTokens, rights), tokens: new ServiceTokens(own) };
}

function createBus(redisUrl: string | undefined, logger: Logger): EventBus {
  if (redisUrl) return new RedisEventBus({ url: redisUrl, logger });
  return new MemoryEventBus((err) => logger.error({ err }, 'A listener of the event bus failed'));
}

function identityOf(identities: ReadonlyMap<string, ServiceIdentity>, service: string): ServiceIdentity {
  const identity = identities.get(service);
  if (!identity) throw new Error(`There is no identity for ${service}`);
  return identity;
}
