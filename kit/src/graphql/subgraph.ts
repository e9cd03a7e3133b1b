import 'reflect-metadata';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type DocumentNode, type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { type AccessRule, accessRuleOf, checkAccess } from './access.js';
import type { RequestContext, RequestMetadata } from './context.js';
import { Executor, type ExecutorDependencies, type GraphRequest } from './executor.js';

/** A subgraph that runs: callable in this process, and what a server needs to offer it over HTTP and graphql-ws. */
export interface Subgraph {
  readonly name: string;
  /** Its federated schema, as text. */
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  /** Runs a query or mutation. Faults are in the result, never thrown. */
  execute(request: GraphRequest, metadata: RequestMetadata): Promise<ExecutionResult>;
  /** Starts a subscription; a result instead of an iterable says why it could not. */
  subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

/** Resolves an entity reference `{ __typename, id }`; answers null when there is none or the viewer may not know. */
export type ReferenceResolver = (reference: { id: string }, context: RequestContext) => Promise<object | null>;

/** What a room's schema is made of. */
export interface RoomSchema {
  name: string;
  /** The room's resolvers, made by hand. */
  resolvers: readonly object[];
  /** Reference resolvers by entity type. */
  references: Readonly<Record<string, ReferenceResolver>>;
}

const FEDERATION_LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@tag", "@override"])`;

/** Builds a room's federated schema from its resolvers. @throws when a root field says nothing of who may use it */
export function buildRoomSchema(room: RoomSchema): { schema: GraphQLSchema; sdl: string } {
  const instances = instancesByClass(room.resolvers);
  const plain = buildSchemaSync({
    resolvers: [...instances.keys()] as NonEmptyArray<new () => object>,
    container: { get: (resolverClass: unknown) => instances.get(resolverClass) },
    authChecker: checkAccess,
    validate: false,
    disableInferringDefaultValues: true,
  });
  assertAccessIsNamed(room.name, plain);
  const sdl = `${FEDERATION_LINK}\n\n${printSubgraphSchema(plain)}\n`;
  const typeDefs: DocumentNode = parse(sdl);
  // The two libraries describe the same map in types that do not match each other.
  const resolvers = createResolversMap(plain) as GraphQLResolverMap<RequestContext>;
  for (const [type, resolve] of Object.entries(room.references)) {
    Object.assign((resolvers[type] ??= {}), {
      __resolveReference: (reference: { id: string }, context: RequestContext) => resolve(reference, context),
    });
  }
  return { schema: buildSubgraphSchema([{ typeDefs, resolvers }]), sdl };
}

/** Builds a room's schema and what executes it. */
export function createSubgraph(room: RoomSchema, dependencies: ExecutorDependencies): Subgraph {
  const { schema, sdl } = buildRoomSchema(room);
  const executor = new Executor(schema, instancesByClass(room.resolvers), dependencies);
  return {
    name: room.name,
    sdl,
    schema,
    execute: (request, metadata) => executor.execute(request, metadata),
    subscribe: (request, metadata, signal) => executor.subscribe(request, metadata, signal),
  };
}

/** The access rule of every root field of a room's schema, by `Type.field`. */
export function rootFieldAccess(resolvers: readonly object[]): Map<string, AccessRule> {
  const schema = buildSchemaSync({
    resolvers: [...instancesByClass(resolvers).keys()] as NonEmptyArray<new () => object>,
    authChecker: checkAccess,
    validate: false,
  });
  const access = new Map<string, AccessRule>();
  for (const { name, field } of rootFields(schema)) {
    const rule = accessRuleOf(field.extensions);
    if (rule) access.set(name, rule);
  }
  return access;
}

function assertAccessIsNamed(room: string, schema: GraphQLSchema): void {
  const silent = rootFields(schema).filter(({ field }) => !accessRuleOf(field.extensions));
  if (silent.length === 0) return;
  const names = silent.map(({ name }) => name).join(', ');
  throw new Error(`${room}: say who may use ${names} with @Public, @SignedIn, @Requires or @ServiceOnly`);
}

function rootFields(schema: GraphQLSchema): { name: string; field: { extensions: Readonly<Record<string, unknown>> } }[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ name: `${type?.name}.${field.name}`, field })),
  );
}

function instancesByClass(resolvers: readonly object[]): Map<unknown, object> {
  return new Map(resolvers.map((resolver) => [resolver.constructor, resolver]));
}
