import 'reflect-metadata';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { RateLimiter } from '../rate-limits/rate-limiter.js';
import type { Tracing } from '../telemetry/tracing.js';
import { type AccessRule, accessRuleOf, checkAccess } from './access.js';
import type { RequestContext, RequestMetadata } from './context.js';
import { Executor, type ExecutorDependencies, type GraphRequest } from './executor.js';
import { type FederationOptions, federationHead, knowsDirective } from './federation-link.js';
import { timeFields, withFieldTimes } from './field-times.js';
import { countUses, type FieldLimits, limitsOf, refuseLimitsBelowRoot } from './limited.js';
import { declareListSizes } from './list-sizes.js';
import { type RootField, rootFields } from './root-fields.js';
import { traceExecution, traceRootFields } from './traced.js';

/** A subgraph that runs: callable in this process, and what a server needs to offer it over HTTP and graphql-ws. */
export interface Subgraph {
  readonly name: string;
  /** Its federated schema, as text. */
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  /**
   * Runs a query or mutation. Faults are in the result, never thrown.
   *
   * @param signal aborted when nobody waits for the answer any longer; a mutation is carried out all the same
   */
  execute(request: GraphRequest, metadata: RequestMetadata, signal?: AbortSignal): Promise<ExecutionResult>;
  /** Does the same and tells in `extensions.ftv1` how long each field took, as Apollo's tools read it. */
  executeTimed(request: GraphRequest, metadata: RequestMetadata, signal?: AbortSignal): Promise<ExecutionResult>;
  /** Starts a subscription; a result instead of an iterable says why it could not. */
  subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

/** Resolves an entity by the fields of its key; answers null when there is none or the viewer may not know. */
export type ReferenceResolver<Key extends object = { id: string }> = (
  reference: Key,
  context: RequestContext,
) => Promise<object | null>;

/** A class of resolvers; its instance is made by hand in the room's app.ts. */
export type ResolverClass = abstract new (...parameters: never[]) => object;

/** What a room's schema is made of. */
export interface RoomSchema {
  /** Every resolver class of the room. */
  resolvers: readonly ResolverClass[];
  /** Entities of other rooms to which this one adds fields, where none of its own fields leads to them. */
  extensions?: readonly (new () => object)[];
  /** Reference resolvers by entity type. */
  references: Readonly<Record<string, ReferenceResolver<never>>>;
  federation?: FederationOptions;
}

/** What a subgraph needs of its room. */
export interface SubgraphDependencies extends ExecutorDependencies {
  /** Counts uses of root fields; without it none is limited. */
  rateLimiter?: RateLimiter | undefined;
  /** Takes spans of operations and of their root fields; undefined where nobody traces. */
  tracing?: Tracing | undefined;
}

/** type-graphql wants one as soon as there are subscriptions; ours name their own source, so that none is ever used. */
const noPubSub = {
  publish: () => {},
  subscribe: (): never => {
    throw new Error('A subscription must name its source with `subscribe`');
  },
};

/** A room's schema, and what holds for its root fields by their coordinates, such as `Mutation.signIn`. */
export interface BuiltSchema {
  schema: GraphQLSchema;
  sdl: string;
  /** Who may use them. */
  access: ReadonlyMap<string, AccessRule>;
  /** How often, where that is limited. */
  limits: ReadonlyMap<string, FieldLimits>;
}

/**
 * Builds a room's federated schema from its resolver classes.
 *
 * @param instances what answers for each class; not needed where nothing is executed
 * @param limiter counts uses; not needed there either
 * @throws when a root field says nothing of who may use it, or another field is limited
 */
export function buildRoomSchema(
  room: RoomSchema,
  instances: ReadonlyMap<unknown, object> = new Map(),
  limiter?: RateLimiter,
): BuiltSchema {
  const plain = buildSchemaSync({
    resolvers: [...room.resolvers] as unknown as NonEmptyArray<new () => object>,
    container: { get: (resolverClass: unknown) => instances.get(resolverClass) },
    orphanedTypes: [...(room.extensions ?? [])],
    authChecker: checkAccess,
    pubSub: noPubSub,
    validate: false,
    // Composition checks what is written to schema/; asking every start again takes a tenth of it.
    skipCheck: true,
    disableInferringDefaultValues: true,
  });
  if (knowsDirective('listSize', room.federation)) declareListSizes(plain);
  const roots = rootFields(plain);
  const access = accessOf(roots);
  refuseLimitsBelowRoot(plain, roots);
  const limits = new Map<string, FieldLimits>();
  for (const root of roots) {
    const fieldLimits = limitsOf(root);
    if (!fieldLimits) continue;
    limits.set(root.coordinate, fieldLimits);
    if (limiter) countUses(root, fieldLimits, access.get(root.coordinate), limiter);
  }
  const types = printSubgraphSchema(plain);
  const sdl = `${federationHead(types, room.federation)}\n\n${types}\n`;
  const typeDefs: DocumentNode = parse(sdl);
  const resolvers: Record<string, object> = createResolversMap(plain);
  for (const [type, resolve] of Object.entries(room.references)) {
    resolvers[type] = {
      ...resolvers[type],
      // The planner sends the key that the type itself names.
      __resolveReference: (reference: never, context: RequestContext) => resolve(reference, context),
    };
  }
  // type-graphql and @apollo/subgraph describe the same map of resolvers in types that do not match each other.
  const modules = [{ typeDefs, resolvers }] as Parameters<typeof buildSubgraphSchema>[0];
  return { schema: buildSubgraphSchema(modules), sdl, access, limits };
}

/** Builds a room's schema and what executes it. @param resolvers an instance of each class of the schema */
export function createSubgraph(
  name: string,
  room: RoomSchema,
  resolvers: readonly object[],
  dependencies: SubgraphDependencies,
): Subgraph {
  const instances = new Map<unknown, object>(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const missing = room.resolvers.filter((resolverClass) => !instances.has(resolverClass));
  if (missing.length > 0) throw new Error(`${name} has no instance of ${missing.map((it) => it.name).join(', ')}`);
  const { schema, sdl } = buildRoomSchema(room, instances, dependencies.rateLimiter);
  const executor = new Executor(schema, instances, dependencies);
  // Timing costs every field something: it has a schema of its own, made when it is first asked for.
  let timed: Executor | undefined;
  const timedExecutor = (): Executor => {
    const own = buildRoomSchema(room, instances, dependencies.rateLimiter);
    return new Executor(timeFields(own.schema), instances, dependencies);
  };
  const { tracing } = dependencies;
  const execute: Subgraph['execute'] = (request, metadata, signal) => executor.execute(request, metadata, signal);
  if (tracing) traceRootFields(schema);
  return {
    name,
    sdl,
    schema,
    execute: tracing ? traceExecution(name, tracing, execute) : execute,
    executeTimed(request, metadata, signal) {
      timed ??= timedExecutor();
      const own = timed;
      return withFieldTimes(() => own.execute(request, metadata, signal));
    },
    subscribe: (request, metadata, signal) => executor.subscribe(request, metadata, signal),
  };
}

function accessOf(roots: readonly RootField[]): Map<string, AccessRule> {
  const access = new Map<string, AccessRule>();
  const silent: string[] = [];
  for (const { coordinate, field } of roots) {
    const rule = accessRuleOf(field.extensions);
    if (rule) access.set(coordinate, rule);
    else silent.push(coordinate);
  }
  if (silent.length === 0) return access;
  throw new Error(`Say who may use ${silent.join(', ')} with @Public, @SignedIn, @Requires or @ServiceOnly`);
}
