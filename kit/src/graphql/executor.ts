import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { chooseLocale } from '../messages/languages.js';
import type { Messages } from '../messages/messages.js';
import { inRequestScope } from '../telemetry/request-scope.js';
import type { Authenticator } from '../viewer/authenticator.js';
import type { ServiceViewer, UserViewer } from '../viewer/viewer.js';
import { RequestContext, type RequestMetadata } from './context.js';
import { forbidden } from './errors.js';
import { ServiceScopes } from './service-scopes.js';

/** One GraphQL operation to run. */
export interface GraphRequest {
  query: string;
  operationName?: string | undefined;
  variables?: Record<string, unknown> | undefined;
}

/** What running operations needs of its room. */
export interface ExecutorDependencies {
  /** The room's EntityManager; each request forks it. */
  em: EntityManager;
  authenticator: Authenticator;
  messages: Messages;
  /** Told of every fault that clients see only as INTERNAL_SERVER_ERROR. */
  onFault: (error: unknown, requestId: string) => void;
}

const MOST_TOKENS = 50_000;
const ENDING_CODES = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);
const NEVER = new AbortController().signal;

/** Runs operations of one room's schema, for callers in this process and for its server alike. */
export class Executor {
  private readonly documents = new LRUCache<string, DocumentNode>({ max: 2_000 });
  private readonly scopes: ServiceScopes;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly resolvers: ReadonlyMap<unknown, object>,
    private readonly dependencies: ExecutorDependencies,
  ) {
    this.scopes = new ServiceScopes(schema);
  }

  /**
   * Runs a query or mutation. Faults are in the result, never thrown.
   *
   * @param signal aborted when nobody waits for the answer any longer. A query hears of it; a mutation that has begun is
   * carried out all the same.
   */
  execute(request: GraphRequest, metadata: RequestMetadata, signal: AbortSignal = NEVER): Promise<ExecutionResult> {
    const { requestId } = metadata;
    return inRequestScope({ requestId, operation: request.operationName }, () => this.run(request, metadata, signal));
  }

  private async run(request: GraphRequest, metadata: RequestMetadata, signal: AbortSignal): Promise<ExecutionResult> {
    try {
      const document = this.document(request.query);
      const isQuery = getOperationAST(document, request.operationName)?.operation === 'query';
      const contextValue = await this.createContext(document, metadata, isQuery ? signal : NEVER);
      return this.masked(await execute({ ...this.args(document, request), contextValue }), metadata.requestId);
    } catch (error) {
      return { errors: [this.mask(error, metadata.requestId)] };
    }
  }

  /** Starts a subscription. Each event has a context of its own; what ends it is thrown by the iterable. */
  async subscribe(
    request: GraphRequest,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    const ending = new AbortController();
    const ended = AbortSignal.any([signal, ending.signal]);
    try {
      const document = this.document(request.query);
      const contextValue = await this.createContext(document, metadata, ended);
      const source = await createSourceEventStream({ ...this.args(document, request), contextValue });
      if (!(Symbol.asyncIterator in source)) return this.masked(source, metadata.requestId);
      return this.eventResults({ source, document, request, metadata, signal: ended, end: () => ending.abort() });
    } catch (error) {
      return { errors: [this.mask(error, metadata.requestId)] };
    }
  }

  private eventResults(live: LiveOperation): AsyncIterableIterator<ExecutionResult> {
    const results = this.executeEvents(live);
    return {
      next: () => results.next(),
      // A generator that waits for a quiet stream would not hear `return`: the signal is what wakes it.
      return: async () => {
        live.end();
        await results.return(undefined);
        return { done: true, value: undefined };
      },
      // graphql-ws looks for `return` on what it iterates, not on what that gives.
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  private async *executeEvents(live: LiveOperation): AsyncGenerator<ExecutionResult, void> {
    try {
      for await (const rootValue of live.source) {
        const contextValue = await this.createContext(live.document, live.metadata, live.signal);
        const result = await execute({ ...this.args(live.document, live.request), rootValue, contextValue });
        const masked = this.masked(result, live.metadata.requestId);
        const refusal = masked.errors?.find(({ path, extensions }) => {
          return path?.length === 1 && ENDING_CODES.has(String(extensions['code']));
        });
        if (refusal) throw refusal;
        yield masked;
      }
    } catch (error) {
      throw this.mask(error, live.metadata.requestId);
    } finally {
      live.end();
    }
  }

  private async createContext(
    document: DocumentNode,
    metadata: RequestMetadata,
    signal: AbortSignal,
  ): Promise<RequestContext> {
    const { authenticator, messages, em } = this.dependencies;
    const viewer = await authenticator.authenticate(metadata.authorization);
    if (viewer.kind === 'service') this.checkScopes(document, viewer);
    return new RequestContext(
      viewer,
      em.fork(),
      metadata,
      {
        localeOf: (who, { acceptLanguage }) =>
          chooseLocale(who.kind === 'user' ? who.locale : undefined, acceptLanguage),
        text: messages,
        allows: (who: UserViewer, permission) => authenticator.rights.allows(who, permission),
        resolvers: this.resolvers,
      },
      signal,
    );
  }

  /** A service reads of entities what its token names and nothing else, whatever their resolvers would tell it. */
  private checkScopes(document: DocumentNode, { service, scopes }: ServiceViewer): void {
    const missing = this.scopes.of(document).filter((scope) => !scopes.includes(scope));
    if (missing.length > 0) throw forbidden(`The token of ${service} lacks the scope ${missing.join(' ')}`);
  }

  private document(query: string): DocumentNode {
    const known = this.documents.get(query);
    if (known) return known;
    const document = parse(query, { maxTokens: MOST_TOKENS });
    const errors = validate(this.schema, document);
    const [first] = errors;
    if (first) {
      throw new GraphQLError(first.message, { nodes: first.nodes, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    }
    this.documents.set(query, document);
    return document;
  }

  private args(document: DocumentNode, request: GraphRequest) {
    return {
      schema: this.schema,
      document,
      variableValues: request.variables,
      operationName: request.operationName,
    };
  }

  private masked(result: ExecutionResult, requestId: string): ExecutionResult {
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => this.mask(error, requestId)) };
  }

  private mask(error: unknown, requestId: string): GraphQLError {
    if (error instanceof GraphQLError) {
      // Without a path it is the request's own fault: variables that do not fit.
      const expected = 'code' in error.extensions || !error.originalError || !error.path;
      if (expected) {
        const code = error.extensions['code'] ?? 'BAD_USER_INPUT';
        return withExtensions(error, error.message, { ...error.extensions, code, requestId });
      }
    }
    this.dependencies.onFault(error, requestId);
    const shown = error instanceof GraphQLError ? error : undefined;
    return withExtensions(shown, 'Something failed on our side; try again, and name the request id if it stays so', {
      code: 'INTERNAL_SERVER_ERROR',
      requestId: requestId || randomUUID(),
    });
  }
}

interface LiveOperation {
  source: AsyncIterable<unknown>;
  document: DocumentNode;
  request: GraphRequest;
  metadata: RequestMetadata;
  signal: AbortSignal;
  end: () => void;
}

function withExtensions(
  error: GraphQLError | undefined,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLError {
  return new GraphQLError(message, { nodes: error?.nodes, path: error?.path, extensions });
}
