import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import { createOrm, migrate } from '../database/orm.js';
import { MemoryEventBus } from '../events/memory-bus.js';
import type { SubgraphCall } from '../graph/graph-client.js';
import type { RequestMetadata } from '../graphql/context.js';
import { type RoomDefinition, type RunningRoom, startRoom } from '../room/room.js';
import { createTrust, RIGHTS_OWNER } from '../room/surroundings.js';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import type { Rights } from '../viewer/rights.js';
import type { Role } from '../viewer/viewer.js';
import { createServiceIdentities } from '../viewer/service-token.js';
import { testDatabase } from './database.js';
import { loadRoomSources, migrationFolders } from './load-room.js';
import { TestIssuer, type TestPerson } from './people.js';

/** Rooms that run on a throw-away database, called in this process. */
export interface TestGraph {
  readonly databaseUrl: string;
  readonly rooms: ReadonlyMap<string, RunningRoom>;
  readonly rights: Rights;
  readonly issuer: TestIssuer;
  /** Somebody with an account of this role, signed in. */
  person(role: Role, options?: { firstName?: string; lastName?: string; locale?: string }): Promise<TestPerson>;
  /** Runs an operation in one room; without a person, nobody is signed in. */
  run(room: string, query: string, variables?: object, person?: TestPerson): Promise<TestResult>;
  /** Starts a subscription in one room. @throws the first error when it is refused */
  subscribe(room: string, query: string, variables?: object, person?: TestPerson): Promise<AsyncIterator<ExecutionResult>>;
  close(): Promise<void>;
}

/** A result whose data is as loose as a test needs it; `codes` are the errors' codes. */
export interface TestResult {
  data: Record<string, unknown>;
  errors: ExecutionResult['errors'];
  codes: string[];
}

/** Starts rooms (all of them unless named) on a throw-away database. */
export async function startTestGraph(names?: readonly string[]): Promise<TestGraph> {
  const definitions = await loadRoomSources(names);
  const database = await migratedDatabase(definitions);
  const issuer = await TestIssuer.create();
  const identities = await createServiceIdentities(['gateway', 'test', ...definitions.map(({ name }) => name)]);
  const identityOf = (name: string) => {
    const identity = identities.get(name);
    if (!identity) throw new Error(`No identity for ${name}`);
    return identity;
  };
  const calls = new Map<string, SubgraphCall>();
  const logger = createLogger({ service: 'test', level: process.env['LOG_LEVEL'] ?? 'error' });
  const bus = new MemoryEventBus();
  const rooms = new Map<string, RunningRoom>();
  const trust = createTrust({
    identity: identityOf('test'),
    subgraphs: calls,
    loadKeys: async () => {
      const issued = await rooms.get(RIGHTS_OWNER)?.parts.jwks?.();
      return { keys: [...issuer.publicKeys.keys, ...(issued?.keys ?? [])] };
    },
    bus,
    logger,
  });
  for (const definition of definitions) {
    const room = await startRoom(definition, {
      ...trust,
      databaseUrl: database.url,
      bus,
      identity: identityOf(definition.name),
      logger,
      metrics: new Metrics(),
      settings: { SECRET_KEY: 'a secret that only tests know, long enough' },
    });
    rooms.set(definition.name, room);
    calls.set(definition.name, room.subgraph.execute);
  }
  await trust.rights.refresh();
  trust.rights.start();
  const roomOf = (name: string) => {
    const room = rooms.get(name);
    if (!room) throw new Error(`The room ${name} was not started`);
    return room;
  };
  return {
    databaseUrl: database.url,
    rooms,
    rights: trust.rights,
    issuer,
    async person(role, options = {}) {
      const person = await issuer.signIn(role, options);
      const accounts = rooms.get(RIGHTS_OWNER);
      if (accounts) await addAccount(accounts, person, options);
      return person;
    },
    async run(room, query, variables = {}, person) {
      const result = await roomOf(room).subgraph.execute({ query, variables: { ...variables } }, metadata(person));
      return toTestResult(result);
    },
    async subscribe(room, query, variables = {}, person) {
      const started = await roomOf(room).subgraph.subscribe(
        { query, variables: { ...variables } },
        metadata(person),
        new AbortController().signal,
      );
      if (Symbol.asyncIterator in started) return started[Symbol.asyncIterator]();
      throw started.errors?.[0] ?? new Error('The subscription did not start');
    },
    async close() {
      trust.rights.stop();
      for (const room of [...rooms.values()].reverse()) await room.close();
      await bus.close();
      await database.close();
    },
  };
}

function migratedDatabase(definitions: readonly RoomDefinition[]) {
  return testDatabase({
    cacheKey: migrationFolders(definitions),
    migrate: async (url) => {
      for (const definition of definitions) {
        const orm = await createOrm(definition.database, { url, poolSize: 1 });
        await migrate(orm, definition.name);
        await orm.close();
      }
    },
  });
}

async function addAccount(
  accounts: RunningRoom,
  person: TestPerson,
  names: { firstName?: string; lastName?: string; locale?: string },
): Promise<void> {
  await accounts.orm.em.fork().execute(
    `insert into accounts.users (id, email, first_name, last_name, role, locale, time_zone, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, 'UTC', now(), now())`,
    [
      person.userId,
      `${person.userId}@test.tutorgraph.example`,
      names.firstName ?? 'Test',
      names.lastName ?? 'Person',
      person.role,
      names.locale ?? 'en',
    ],
  );
}

function metadata(person: TestPerson | undefined): RequestMetadata {
  return { authorization: person?.authorization, requestId: randomUUID(), clientAddress: '127.0.0.1' };
}

function toTestResult(result: ExecutionResult): TestResult {
  return {
    data: result.data ?? {},
    errors: result.errors,
    codes: (result.errors ?? []).map(({ extensions }) => String(extensions['code'])),
  };
}
