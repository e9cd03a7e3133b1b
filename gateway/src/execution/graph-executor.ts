import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type ExecutionResult, GraphQLError, getVariableValues } from 'graphql';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { Supergraph } from '../supergraph/supergraph.js';

/** One operation to run. */
export interface GraphOperation {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown> | undefined;
  context: GatewayContext;
}

type ExecutorRequest = Parameters<typeof executeQueryPlan>[2];

/** Runs plans over the subgraphs and shapes the result as the client asked. */
export class GraphExecutor {
  constructor(
    private readonly supergraph: Supergraph,
    private readonly sources: ServiceMap,
    private readonly logger: ExecutorRequest['logger'],
  ) {}

  /** Runs a query or mutation. @param key names the document, for the cache of plans */
  async execute(operation: GraphOperation, key: string): Promise<ExecutionResult> {
    const { document, operationName, variables } = operation;
    const operationContext = buildOperationContext(this.operationParts(document, operationName));
    const refused = variableErrors(this.supergraph, operationContext.operation, variables);
    if (refused.length > 0) return { errors: refused };
    return this.executePlan(this.supergraph.plan(document, operationName, key), operation, this.sources);
  }

  /** Runs a plan of this graph, some of whose subgraphs may answer differently this once. */
  async executePlan(plan: QueryPlan, operation: GraphOperation, sources: ServiceMap): Promise<ExecutionResult> {
    const { document, operationName, variables = {}, context } = operation;
    const operationContext = buildOperationContext(this.operationParts(document, operationName));
    // The executor reads no more of a request than this.
    const request = {
      request: { variables, operationName },
      context,
      logger: this.logger,
      metrics: {},
    } as unknown as ExecutorRequest;
    const { joinedSchema, apiSchema } = this.supergraph;
    const result = await executeQueryPlan(plan, sources, request, operationContext, joinedSchema, apiSchema);
    return withCompletionErrors(result);
  }

  /** The subgraphs' sources with one of them replaced. */
  sourcesWith(name: string, replace: (source: ServiceMap[string] | undefined) => ServiceMap[string]): ServiceMap {
    return { ...this.sources, [name]: replace(this.sources[name]) };
  }

  private operationParts(operationDocument: DocumentNode, operationName: string | undefined) {
    const { schema } = this.supergraph;
    return { schema, operationDocument, ...(operationName !== undefined && { operationName }) };
  }
}

/** Why variables do not fit an operation; empty when they do. */
function variableErrors(
  supergraph: Supergraph,
  { variableDefinitions }: ReturnType<typeof buildOperationContext>['operation'],
  variables: Record<string, unknown> | undefined,
): GraphQLError[] {
  const { errors = [] } = getVariableValues(supergraph.schema, variableDefinitions ?? [], variables ?? {});
  return errors.map(
    ({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } }),
  );
}

/** The executor reports a missing non-null value in `extensions`; to a client it is an error like any other. */
function withCompletionErrors({ extensions, ...result }: ExecutionResult<Record<string, unknown>>): ExecutionResult {
  const missing: unknown = extensions?.valueCompletion;
  if (!Array.isArray(missing)) return result;
  const errors = missing.map(
    ({ message, path }: GraphQLError) => new GraphQLError(message, { path, extensions: { code: 'INCOMPLETE_RESULT' } }),
  );
  return { ...result, errors };
}
