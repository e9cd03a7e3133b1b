import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { MemoryEventBus } from '../events/memory-bus.js';
import type { GraphClient, SubgraphCall } from '../graph/graph-client.js';
import type { RequestMetadata } from '../graphql/context.js';
import { type ServedSubgraph, serveSubgraph } from '../graphql/serve.js';
import type { OpenRateLimiter } from '../rate-limits/rate-limiter.js';
import { type RoomDefinition, type RunningRoom, startRoom } from '../room/room.js';
import { createTrust, RIGHTS_OWNER } from '../room/surroundings.js';
import { createLogger } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';
import { openTracing } from '../telemetry/open-tracing.js';
import type { Tracing } from '../telemetry/tracing.js';
import type { AccessTokenVerifier } from '../viewer/access-token.js';
import type { Rights } from '../viewer/rights.js';
import { createServiceIdentities, type ServiceIdentity, ServiceTokens } from '../viewer/service-token.js';
import type { Role } from '../viewer/viewer.js';
import { type TestDatabase, type TestDatabaseOptions, testDatabase } from './database.js';
import { loadRoomSources, migrationFolders, permissionsFile } from './load-room.js';
import { TestIssuer, type TestPerson } from './people.js';
import { TestFiles } from './test-files.js';

/** The secret of every test's rooms. */
export const SECRET_KEY = 'a secret that only tests know, long enough';

/** A Stripe that nobody can reach, for rooms of tests in which no money moves. */
const NO_STRIPE = {
  STRIPE_SECRET_KEY: 'sk_test_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
  STRIPE_API_URL: 'http://127.0.0.1:9',
};

/** A Telegram that nobody can reach, for rooms of tests that have a bot. */
const NO_TELEGRAM = { TELEGRAM_API_URL: 'http://127.0.0.1:9' };

/** A knowledge base without the entries that come with the program: they take seconds of each start's database. */
const NO_KNOWLEDGE = { ASSISTANT_KNOWLEDGE: 'none' };

/** A result whose data is as loose as a test needs it; `codes` are the errors' codes. */
export interface TestResult {
  data: Record<string, unknown>;
  errors: ExecutionResult['errors'];
  codes: string[];
}

/** What an account is like that a test adds. */
export interface AccountOptions {
  firstName?: string;
  lastName?: string;
  locale?: string;
  /** Is its address proven? @default true */
  verified?: boolean;
}

/** Rooms that run on a throw-away database, called in this process. */
export class TestGraph {
  readonly rooms = new Map<string, RunningRoom>();
  readonly bus = new MemoryEventBus();
  private readonly calls = new Map<string, SubgraphCall>();
  readonly rights: Rights;
  private readonly trust: ReturnType<typeof createTrust>;
  /** Takes spans of the rooms where their settings name a receiver. */
  private tracing: Tracing | undefined;
  private readonly logger = createLogger({ service: 'test', level: 'error' });

  constructor(
    private readonly database: TestDatabase,
    readonly issuer: TestIssuer,
    private readonly identities: ReadonlyMap<string, ServiceIdentity>,
    /** Files of the rooms, on disk; `serve` makes their signed URLs answer. */
    readonly files: TestFiles,
  ) {
    this.trust = createTrust({
      identity: this.identityOf('test'),
      subgraphs: this.calls,
      loadKeys: async () => {
        const issued = await this.rooms.get(RIGHTS_OWNER)?.parts.jwks?.();
        return { keys: [...issuer.publicKeys.keys, ...(issued?.keys ?? [])] };
      },
      bus: this.bus,
      logger: this.logger,
    });
    this.rights = this.trust.rights;
  }

  /** Asks rooms as another service of ours does, one that is named `test`. */
  get client(): GraphClient {
    return this.trust.graph;
  }

  /** Verifies access tokens of this test and those that accounts issues. */
  get accessTokens(): AccessTokenVerifier {
    return this.trust.accessTokens;
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  /** Starts rooms, in this order. */
  async start(
    definitions: readonly RoomDefinition[],
    settings: Record<string, string> = {},
    openRateLimiter?: OpenRateLimiter,
  ): Promise<void> {
    this.tracing = await openTracing({ settings, service: 'rooms', trustsCallers: true });
    for (const definition of definitions) {
      const room = await startRoom(definition, {
        ...this.trust,
        databaseUrl: this.database.url,
        bus: this.bus,
        identity: this.identityOf(definition.name),
        storage: this.files.storage,
        servedAt: () => 'http://room.test',
        rooms: definitions.map(({ name }) => name),
        logger: this.logger,
        metrics: new Metrics(),
        tracing: this.tracing,
        settings: { SECRET_KEY, ...NO_STRIPE, ...NO_TELEGRAM, ...NO_KNOWLEDGE, ...settings },
        ...(openRateLimiter && { openRateLimiter }),
      });
      this.rooms.set(definition.name, room);
      this.calls.set(definition.name, room.subgraph.execute);
    }
    await this.rights.refresh();
    this.rights.start();
  }

  /** Somebody with an account of this role, signed in. */
  async person(role: Role, options: AccountOptions = {}): Promise<TestPerson> {
    const person = await this.issuer.signIn(role, options);
    const accounts = this.rooms.get(RIGHTS_OWNER);
    if (accounts) await addAccount(accounts, person, options);
    return person;
  }

  /** Another service of ours, one that is named `test`, as an `Authorization` value. @see ServiceTokens.issue */
  async service(room: string, scopes: readonly string[]): Promise<string> {
    return `Bearer ${await new ServiceTokens(this.identityOf('test')).issue(room, scopes)}`;
  }

  /** Offers a room over HTTP and graphql-ws, with its own routes, as a process of its own does. */
  serve(room: string): Promise<ServedSubgraph> {
    const { subgraph, parts } = this.room(room);
    const { publicKeys } = this.identityOf(room);
    const routes = (app: FastifyInstance) => parts.routes?.(app);
    return serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, servicePublicKeys: publicKeys, routes });
  }

  /** By what one of our services proves itself: a room, `gateway` or `test`. */
  identityOf(service: string): ServiceIdentity {
    const identity = this.identities.get(service);
    if (!identity) throw new Error(`There is no identity for ${service}`);
    return identity;
  }

  /** Runs an operation in one room; without a person, nobody is signed in. */
  async run(room: string, query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    const request = { query, variables: { ...variables } };
    const result = await this.room(room).subgraph.execute(request, metadata(person));
    return {
      data: result.data ?? {},
      errors: result.errors,
      codes: (result.errors ?? []).map(({ extensions }) => String(extensions['code'])),
    };
  }

  /** Starts a subscription in one room. @throws the first error when it is refused */
  async subscribe(
    room: string,
    query: string,
    variables: object = {},
    person?: TestPerson,
  ): Promise<AsyncIterator<ExecutionResult>> {
    const request = { query, variables: { ...variables } };
    const started = await this.room(room).subgraph.subscribe(request, metadata(person), new AbortController().signal);
    if (Symbol.asyncIterator in started) return started[Symbol.asyncIterator]();
    throw started.errors?.[0] ?? new Error('The subscription did not start');
  }

  /** Sends the spans that the rooms have made until now. */
  async sendTraces(): Promise<void> {
    await this.tracing?.flush();
  }

  async close(): Promise<void> {
    this.rights.stop();
    for (const room of [...this.rooms.values()].reverse()) await room.close();
    await this.bus.close();
    await this.files.close();
    await this.database.close();
    await this.tracing?.close();
  }

  private room(name: string): RunningRoom {
    const room = this.rooms.get(name);
    if (!room) throw new Error(`The room ${name} was not started`);
    return room;
  }
}

/**
 * Starts rooms (all of them unless named) on a throw-away database.
 *
 * @param open where the database comes from
 * @param settings of the rooms, besides those that every test has
 * @param openRateLimiter opens what counts uses, when not as it is always opened
 */
export async function startTestGraph(
  names?: readonly string[],
  open = testDatabase,
  settings: Record<string, string> = {},
  openRateLimiter?: OpenRateLimiter,
): Promise<TestGraph> {
  const definitions = await loadRoomSources(names);
  const graph = await createGraph(definitions, await open(startedOnce(definitions)));
  await graph.start(definitions, settings, openRateLimiter);
  return graph;
}

async function createGraph(definitions: readonly RoomDefinition[], database: TestDatabase): Promise<TestGraph> {
  const services = ['gateway', 'test', ...definitions.map(({ name }) => name)];
  const [issuer, identities, files] = await Promise.all([
    TestIssuer.create(),
    createServiceIdentities(services),
    TestFiles.open(SECRET_KEY),
  ]);
  return new TestGraph(database, issuer, identities, files);
}

/** Rooms that have started once have migrated, made their queues and keys, and introduced permissions. */
function startedOnce(definitions: readonly RoomDefinition[]): TestDatabaseOptions {
  return {
    cacheKey: [...migrationFolders(definitions), permissionsFile],
    migrate: async (url) => {
      const graph = await createGraph(definitions, { url, close: async () => {} });
      await graph.start(definitions).finally(() => graph.close());
    },
  };
}

async function addAccount(accounts: RunningRoom, person: TestPerson, options: AccountOptions): Promise<void> {
  await accounts.orm.em.fork().execute(
    `insert into accounts.users (id, email, email_verified_at, first_name, last_name, role, locale, time_zone, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, 'UTC', now(), now())`,
    [
      person.userId,
      `${person.userId}@test.tutorgraph.example`,
      (options.verified ?? true) ? new Date() : null,
      options.firstName ?? 'Test',
      options.lastName ?? 'Person',
      person.role,
      options.locale ?? 'en',
    ],
  );
}

function metadata(person: TestPerson | undefined): RequestMetadata {
  return { authorization: person?.authorization, requestId: randomUUID(), clientAddress: '127.0.0.1' };
}
