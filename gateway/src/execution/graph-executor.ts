import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, ExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { Deferral } from './deferral.js';
import { withoutDefer } from './deferred-document.js';
import { type DeferringOperation, DeferringOperations } from './deferring-operations.js';
import type { FetchSource, FetchSources } from './fetch-source.js';
import { IncrementalDelivery } from './incremental-delivery.js';
import type { IncrementalResult } from './incremental-result.js';
import { PlanRun, type PlanRunOptions } from './plan-run.js';
import { PreparedOperation } from './prepared-operation.js';
import { preparePlan, runPlan, type Step } from './prepared-plan.js';
import { isExplained, placedIn } from './told-errors.js';
import { TypeConditions } from './type-conditions.js';

/** One operation of a validated document. */
export interface GraphOperation {
  document: DocumentNode;
  /** Names the document, for what is kept of it. */
  key: string;
  operationName: string | undefined;
  variables: Record<string, unknown> | undefined;
}

/** Most operations that are kept prepared, as many as plans are. */
const MOST_OPERATIONS = 5_000;

/** Runs plans over the subgraphs and shapes the result as the client asked. */
export class GraphExecutor {
  private readonly conditions: TypeConditions;
  private readonly operations = new LRUCache<string, PreparedOperation>({ max: MOST_OPERATIONS });
  private readonly steps = new WeakMap<QueryPlan, Step>();
  private readonly deferring: DeferringOperations;

  constructor(
    private readonly supergraph: Supergraph,
    private readonly sources: FetchSources,
  ) {
    this.conditions = new TypeConditions(supergraph.joinedSchema);
    this.deferring = new DeferringOperations(supergraph);
  }

  /** Plans a query or mutation and prepares all that its runs share. @throws when it cannot be planned */
  prepare(operation: GraphOperation): void {
    const { document, operationName, key } = operation;
    this.prepared(operation);
    this.stepOf(this.supergraph.plan(document, operationName, key));
  }

  /**
   * Runs a query or mutation. What it defers comes later where the context accepts that, if its conditions leave anything; else the result
   * is whole.
   */
  async execute(operation: GraphOperation, context: GatewayContext): Promise<ExecutionResult | IncrementalResult> {
    const { document, operationName, key, variables = {} } = operation;
    const prepared = this.prepared(operation);
    const read = prepared.coerce(variables);
    if ('errors' in read) return read;
    const { coerced } = read;
    const deferring = context.acceptsIncremental && this.deferring.find(operation, coerced);
    if (deferring) return this.executeDeferring(deferring, { variables, coerced, context });
    const plan = context.record.plan(() => this.supergraph.plan(document, operationName, key));
    return this.run(plan, prepared, { variables, coerced, context, sources: this.sources });
  }

  /** Runs a plan of this graph, some of whose subgraphs may answer differently this once. */
  async executePlan(
    plan: QueryPlan,
    operation: GraphOperation,
    { context, sources }: { context: GatewayContext; sources: FetchSources },
  ): Promise<ExecutionResult> {
    const { variables = {} } = operation;
    const prepared = this.prepared(operation);
    const read = prepared.coerce(variables);
    if ('errors' in read) return read;
    return this.run(plan, prepared, { variables, coerced: read.coerced, context, sources });
  }

  /** The subgraphs' sources with one of them replaced. */
  sourcesWith(name: string, replace: (source: FetchSource | undefined) => FetchSource): FetchSources {
    return { ...this.sources, [name]: replace(this.sources[name]) };
  }

  private async run(plan: QueryPlan, prepared: PreparedOperation, options: PlanRunOptions): Promise<ExecutionResult> {
    const run = new PlanRun(options);
    await runPlan(this.stepOf(plan), run);
    const { data, errors } = prepared.shaper(options.coerced).shape(run.data);
    const refusals = run.errors.map((error) => placedIn(data, error));
    const all = [...refusals, ...errors.filter((error) => !isExplained(error, refusals))];
    return all.length > 0 ? { errors: all, data } : { data };
  }

  private async executeDeferring(
    { plan, prepared, labels }: DeferringOperation,
    request: Omit<PlanRunOptions, 'sources' | 'deferral'>,
  ): Promise<ExecutionResult | IncrementalResult> {
    const deferral = new Deferral();
    const run = new PlanRun({ ...request, sources: this.sources, deferral });
    await runPlan(this.stepOf(plan), run);
    const delivery = new IncrementalDelivery(deferral, labels);
    const initial = delivery.begin(prepared.shaper(request.coerced).shape(run.data), run);
    return delivery.hasNext ? { initial, subsequent: { [Symbol.asyncIterator]: () => delivery } } : initial;
  }

  private prepared({ document, operationName, key }: GraphOperation): PreparedOperation {
    const operationKey = operationName === undefined ? key : `${key} ${operationName}`;
    const known = this.operations.get(operationKey);
    if (known) return known;
    const prepared = new PreparedOperation(this.supergraph.schema, withoutDefer(document), operationName);
    this.operations.set(operationKey, prepared);
    return prepared;
  }

  private stepOf(plan: QueryPlan): Step {
    const known = this.steps.get(plan);
    if (known) return known;
    const step = preparePlan(plan, this.conditions);
    this.steps.set(plan, step);
    return step;
  }
}
