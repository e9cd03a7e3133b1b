import type { ExecutionResult } from 'graphql';
import { assertOutsideTransaction } from '../database/transaction.js';
import type { RequestMetadata } from '../graphql/context.js';
import { serviceUnavailable } from '../graphql/errors.js';
import type { GraphRequest } from '../graphql/executor.js';
import { currentSpan, traced } from '../telemetry/tracing.js';
import type { ServiceTokens } from '../viewer/service-token.js';

/** How to reach a subgraph: a function call in the single process, HTTP otherwise. */
export type SubgraphCall = (request: GraphRequest, metadata: RequestMetadata) => Promise<ExecutionResult>;

/** Asks other subgraphs on this service's own behalf, by the same federation contract that the gateway uses. */
export class GraphClient {
  constructor(
    private readonly tokens: ServiceTokens,
    private readonly subgraphs: ReadonlyMap<string, SubgraphCall>,
  ) {}

  /**
   * Looks up entities by id in the subgraph that owns them; one request for all ids.
   *
   * @param selection the fields wanted, such as `displayName` or `amount { amountMinor currency }`; the name of each is
   * also a scope of the token (`User.displayName`). Of another entity below one, `student { id }` is all that may be read:
   * the rest is asked for by that entity's id.
   * @returns a map from id to the fields; an entity that does not exist is not in it
   * @throws SERVICE_UNAVAILABLE when the subgraph cannot be reached or answers with errors
   */
  async entities(
    subgraph: string,
    type: string,
    ids: readonly string[],
    selection: readonly string[],
  ): Promise<Map<string, Record<string, unknown>>> {
    if (ids.length === 0) return new Map();
    const data = await this.query(
      subgraph,
      {
        query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${type} { id ${selection.join(' ')} } } }`,
        variables: { representations: ids.map((id) => ({ __typename: type, id })) },
      },
      selection.map((field) => `${type}.${nameOf(field)}`),
    );
    const entities = (data['_entities'] ?? []) as (Record<string, unknown> | null)[];
    return new Map(entities.flatMap((entity) => (entity ? [[String(entity['id']), entity] as const] : [])));
  }

  /** Runs a query in one subgraph with the given scopes. @throws SERVICE_UNAVAILABLE */
  async query(subgraph: string, request: GraphRequest, scopes: readonly string[]): Promise<Record<string, unknown>> {
    assertOutsideTransaction(`The ${subgraph} subgraph`);
    const call = this.subgraphs.get(subgraph);
    if (!call)
      throw serviceUnavailable(`The ${subgraph} subgraph has no address; set ${subgraph.toUpperCase()}_SUBGRAPH_URL`);
    const token = await this.tokens.issue(subgraph, scopes);
    const result = await traced(`ask ${subgraph}`, { kind: 'client' }, () => {
      const traceparent = currentSpan()?.traceparent;
      return call(request, { authorization: `Bearer ${token}`, requestId: crypto.randomUUID(), traceparent });
    });
    if (result.errors || !result.data) {
      throw serviceUnavailable(`The ${subgraph} subgraph did not answer`, result.errors?.[0]);
    }
    return result.data;
  }
}

function nameOf(selected: string): string {
  const [name] = selected.match(/^\w+/) ?? [];
  if (!name) throw new Error(`A selection begins with the name of a field: ${selected}`);
  return name;
}
