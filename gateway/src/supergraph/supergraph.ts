import {
  Supergraph as ComposedSupergraph,
  type ObjectType,
  type Operation,
  operationFromDocument,
  type Schema,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CostDirectives, readCostDirectives } from '../cost/cost-directives.js';
import { withoutDefer } from '../execution/deferred-document.js';
import { CacheUse } from '../insight/cache-use.js';
import { atOnce, betweenTurns } from '../scheduling/turns.js';

/** What a subgraph's subscription field can do, by the names that resuming needs. */
export interface SubscriptionField {
  /** Its event has a `cursor`. */
  hasCursor: boolean;
  /** The type of its `after` argument, when it has one. */
  afterType: string | undefined;
  /** Its event names, for services alone, the users whose right to hear ended with it. */
  saysWhoEnded: boolean;
}

const MOST_PLANS = 5_000;

/**
 * A composed graph: the schema that clients see, and plans for their operations. It stands in for `ApolloGateway`,
 * which refuses subscriptions, keeps its planner to itself and reports to its maker unless told not to.
 */
export class Supergraph {
  /** What clients may ask. */
  readonly apiSchema: Schema;
  /** The same for graphql-js. */
  readonly schema: GraphQLSchema;
  /** The whole graph with its joins, which execution needs. */
  readonly joinedSchema: GraphQLSchema;
  /** The subgraphs' names and addresses as composed. */
  readonly subgraphs: readonly { name: string; url: string }[];
  /** What its parts cost. */
  readonly costs: CostDirectives;
  /** How often a plan was known already. */
  readonly planUse = new CacheUse(() => this.plans.size);
  private readonly composed: ComposedSupergraph;
  private readonly planner: QueryPlanner;
  private readonly plans = new LRUCache<string, QueryPlan>({ max: MOST_PLANS });

  /** @throws when the text is not a supergraph */
  constructor(
    readonly sdl: string,
    parts = atOnce(build(sdl)),
  ) {
    this.composed = parts.composed;
    this.apiSchema = parts.apiSchema;
    this.schema = parts.schema;
    this.joinedSchema = parts.joinedSchema;
    this.subgraphs = parts.composed.subgraphsMetadata();
    this.planner = parts.planner;
    this.costs = readCostDirectives(parts.composed.schema);
  }

  /** Makes one beside other work, which goes on between the steps. @throws when the text is not a supergraph */
  static async load(sdl: string): Promise<Supergraph> {
    return new Supergraph(sdl, await betweenTurns(build(sdl)));
  }

  /**
   * The plan of one operation of a document that was validated. Nothing of it is deferred.
   *
   * @param key names the document; plans are kept by it
   */
  plan(document: DocumentNode, operationName: string | undefined, key: string): QueryPlan {
    const planKey = operationName === undefined ? key : `${key} ${operationName}`;
    const known = this.plans.get(planKey);
    this.planUse.looked(known !== undefined);
    if (known) return known;
    const plan = this.planDeferring(withoutDefer(document), operationName);
    this.plans.set(planKey, plan);
    return plan;
  }

  /** The plan of an operation with what it defers apart. It is not kept. */
  planDeferring(document: DocumentNode, operationName: string | undefined): QueryPlan {
    const operation: Operation = operationFromDocument(this.apiSchema, document, { operationName });
    return this.planner.buildQueryPlan(operation);
  }

  /** What a subscription field of one subgraph can do. */
  subscriptionField(subgraph: string, field: string): SubscriptionField {
    const schema = this.composed.subgraphs().get(subgraph)?.schema;
    const definition = schema?.schemaDefinition.rootType('subscription')?.field(field);
    const event = definition?.type && baseTypeOf(schema, String(definition.type));
    const after = definition?.argument('after')?.type;
    const has = (name: string) => event?.kind === 'ObjectType' && (event as ObjectType).field(name) !== undefined;
    return { hasCursor: has('cursor'), afterType: after && String(after), saysWhoEnded: has('noLongerFor') };
  }

  /** One subgraph's own schema, for graphql-js. @throws when there is none of that name */
  subgraphSchema(name: string): GraphQLSchema {
    const subgraph = this.composed.subgraphs().get(name);
    if (!subgraph) throw new Error(`The supergraph has no subgraph ${name}`);
    return subgraph.schema.toGraphQLJSSchema();
  }
}

/** What takes long to make of a supergraph's text. */
interface SupergraphParts {
  composed: ComposedSupergraph;
  apiSchema: Schema;
  schema: GraphQLSchema;
  joinedSchema: GraphQLSchema;
  planner: QueryPlanner;
}

/** Step by step, each of which takes a part of a second for a large graph. */
function* build(sdl: string): Generator<void, SupergraphParts> {
  // Composition has validated it; doing so again takes a good part of a start.
  const composed = ComposedSupergraph.build(sdl, { validateSupergraph: false });
  yield;
  const apiSchema = composed.apiSchema();
  yield;
  const schema = apiSchema.toGraphQLJSSchema({ includeDefer: true });
  yield;
  const joinedSchema = composed.schema.toGraphQLJSSchema();
  yield;
  // The planner keeps them for itself, and asks for them first.
  composed.subgraphs();
  yield;
  // It plans what defers nothing as without.
  const planner = new QueryPlanner(composed, { incrementalDelivery: { enableDefer: true } });
  return { composed, apiSchema, schema, joinedSchema, planner };
}

function baseTypeOf(schema: Schema | undefined, type: string) {
  return schema?.type(type.replaceAll(/[[\]!]/g, ''));
}
