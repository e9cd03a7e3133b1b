import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError, getOperationAST } from 'graphql';
import { presentError } from '../errors/present-error.js';
import type { GraphHolder } from '../graph/graph-holder.js';
import type { GatewayContext } from '../requests/gateway-context.js';
import type { DocumentSource } from './document-source.js';
import type { OperationGate } from './operation-gate.js';
import type { OperationObserver, OperationOutcome } from './operation-observer.js';
import { OperationRefused } from './operation-refused.js';
import type { OperationRequest } from './operation-request.js';
import { type PresentedUpdate, presentedUpdates } from './presented-updates.js';
import type { ReadOperation } from './read-operation.js';
import type { SharedQueries } from './shared-queries.js';

/** Said to who subscribes in a way that cannot carry it. */
export const HOW_TO_SUBSCRIBE =
  'Subscribe at the same address over WebSocket (graphql-transport-ws), or accept text/event-stream (GraphQL over SSE) or ' +
  'multipart/mixed;subscriptionSpec=1.0';

/** What operations go through. */
export interface OperationsOptions {
  graphs: GraphHolder;
  source: DocumentSource;
  /** Each has to admit an operation, in this order. */
  gates: readonly OperationGate[];
  observers: readonly OperationObserver[];
  /** Runs the same query once for several clients; without it each is run by itself. */
  sharing?: SharedQueries | undefined;
  /** Told of each error that is masked. */
  onFault: (error: unknown, requestId: string) => void;
}

/** What became of a query or mutation. */
export interface OperationAnswer {
  result: FormattedExecutionResult;
  /** What HTTP calls it, to who accepts `application/graphql-response+json`. */
  status: number;
  /** What comes after the result, which is a first part then; only where the context accepts it. */
  subsequent?: AsyncIterator<PresentedUpdate, void>;
}

/** An operation that was read and is watched: `ended` is to be told how it went. */
export interface BegunOperation {
  operation: ReadOperation;
  context: GatewayContext;
  ended: Ended;
}

type Ended = (outcome: OperationOutcome) => void;

/** The one way of every operation, whatever transport brings it: find its document, check it, admit it, run it. */
export class Operations {
  constructor(private readonly options: OperationsOptions) {}

  /** Reads and runs a query or mutation. Never rejects: whatever went wrong is in the result. */
  async answer(
    request: OperationRequest,
    context: GatewayContext,
    mayRun: (operation: ReadOperation) => void = refuseSubscription,
  ): Promise<OperationAnswer> {
    const begun = await this.begin(request, context, mayRun);
    return 'result' in begun ? begun : this.run(begun.operation, context, begun.ended);
  }

  /** Reads an operation that is to be run. @returns why it may not be, when it may not */
  async begin(
    request: OperationRequest,
    context: GatewayContext,
    mayRun: (operation: ReadOperation) => void,
  ): Promise<BegunOperation | OperationAnswer> {
    const ended = this.observe(request, context);
    try {
      return { operation: await this.read(request, context, mayRun), context, ended };
    } catch (error) {
      return this.refuse(error, undefined, { context, ended });
    }
  }

  /** Runs a query or mutation that was read. Never rejects. @param ended told how it went, from `observe` */
  async run(operation: ReadOperation, context: GatewayContext, ended: Ended): Promise<OperationAnswer> {
    try {
      const executed = await (this.options.sharing ?? operation.graph.executor).execute(operation, context);
      const { data, errors } = 'initial' in executed ? executed.initial : executed;
      const shown = errors?.map((error) => this.present(error, context));
      ended({ operation, errors: shown ?? [], hasData: data !== undefined, data });
      const result = { ...(shown && { errors: shown }), ...(data !== undefined && { data }) };
      const answer = { result, status: data === undefined ? 400 : 200 };
      if (!('initial' in executed)) return answer;
      return { ...answer, subsequent: presentedUpdates(executed.subsequent, (error) => this.present(error, context)) };
    } catch (error) {
      return this.refuse(error, operation, { context, ended });
    }
  }

  /**
   * Reads an operation and lets it pass the gates.
   *
   * @param mayRun refuses what the transport cannot carry, by throwing
   * @throws OperationRefused, or GraphQLError
   */
  async read(
    request: OperationRequest,
    context: GatewayContext,
    mayRun: (operation: ReadOperation) => void,
  ): Promise<ReadOperation> {
    const { source, graphs, gates } = this.options;
    const found = source.find(request);
    const query = typeof found === 'string' ? found : await found;
    const graph = graphs.current;
    const read = graph.documents.read(query);
    if (!('document' in read)) throw new OperationRefused(read);
    const operationName = request.operationName || undefined;
    const definition = getOperationAST(read.document, operationName);
    if (!definition) throw unknownOperation(operationName);
    const { variables } = request;
    const operation: ReadOperation = { ...read, graph, definition, operationName, variables, request };
    mayRun(operation);
    for (const gate of gates) {
      const admitted = gate.admit(operation, context);
      if (admitted) await admitted;
    }
    return operation;
  }

  /** Lets the observers see an operation; what is returned tells them how it ended. */
  observe(request: OperationRequest, context: GatewayContext): Ended {
    const endings = this.options.observers.map((observer) => observer.began(request, context));
    return (outcome) => {
      for (const ended of endings) ended(outcome);
    };
  }

  /** An error as the client of this operation sees it. */
  present(error: unknown, { metadata: { requestId } }: Pick<GatewayContext, 'metadata'>): GraphQLFormattedError {
    return presentError(error, requestId, (fault) => this.options.onFault(fault, requestId));
  }

  /** Answers that nothing was run. */
  refuse(
    error: unknown,
    operation: ReadOperation | undefined,
    { context, ended }: { context: GatewayContext; ended: Ended },
  ): OperationAnswer {
    const { errors, status } = asRefusal(error);
    const shown = errors.map((one) => this.present(one, context));
    ended({ operation, errors: shown, hasData: false });
    return { result: { errors: shown }, status };
  }
}

const STATUSES: ReadonlyMap<string, number> = new Map([
  ['UNAUTHENTICATED', 401],
  ['TOO_MANY_CONNECTIONS', 429],
  ['TOO_MANY_SUBSCRIPTIONS', 429],
]);

/** What stopped an operation, as a refusal with a status. */
export function asRefusal(error: unknown): Pick<OperationRefused, 'status'> & { errors: readonly unknown[] } {
  if (error instanceof OperationRefused) return error;
  if (!(error instanceof GraphQLError)) return { errors: [error], status: 500 };
  const { code } = error.extensions;
  const status = typeof code === 'string' ? (STATUSES.get(code) ?? 400) : 500;
  return { errors: [error], status };
}

function refuseSubscription({ definition }: ReadOperation): void {
  if (definition.operation !== 'subscription') return;
  throw new GraphQLError(HOW_TO_SUBSCRIBE, { extensions: { code: 'BAD_REQUEST' } });
}

function unknownOperation(name: string | undefined): GraphQLError {
  const message = name ? `The document has no operation "${name}"` : 'Name one of the operations in "operationName"';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
