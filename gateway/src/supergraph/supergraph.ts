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
  private readonly composed: ComposedSupergraph;
  private readonly planner: QueryPlanner;
  private readonly plans = new LRUCache<string, QueryPlan>({ max: MOST_PLANS });

  /** @throws when the text is not a supergraph */
  constructor(readonly sdl: string) {
    this.composed = ComposedSupergraph.build(sdl);
    this.apiSchema = this.composed.apiSchema();
    this.schema = this.apiSchema.toGraphQLJSSchema();
    this.joinedSchema = this.composed.schema.toGraphQLJSSchema();
    this.subgraphs = this.composed.subgraphsMetadata();
    this.planner = new QueryPlanner(this.composed);
  }

  /**
   * The plan of one operation of a document that was validated.
   *
   * @param key names the document; plans are kept by it
   */
  plan(document: DocumentNode, operationName: string | undefined, key: string): QueryPlan {
    const planKey = operationName === undefined ? key : `${key} ${operationName}`;
    const known = this.plans.get(planKey);
    if (known) return known;
    const operation: Operation = operationFromDocument(this.apiSchema, document, { operationName });
    const plan = this.planner.buildQueryPlan(operation);
    this.plans.set(planKey, plan);
    return plan;
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

function baseTypeOf(schema: Schema | undefined, type: string) {
  return schema?.type(type.replaceAll(/[[\]!]/g, ''));
}
