import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, getOperationAST, Kind, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Supergraph } from '../supergraph/supergraph.js';
import { type DeferredDocument, deferVariables, hasDefer, labelDeferred } from './deferred-document.js';
import type { GraphOperation } from './graph-executor.js';
import { PreparedOperation } from './prepared-operation.js';

/** An operation with what it defers, for one choice of that. */
export interface DeferringOperation {
  plan: QueryPlan;
  prepared: PreparedOperation;
  /** What the client calls the parts, by the labels of plan and document. */
  labels: ReadonlyMap<string, string | undefined>;
}

interface Choice {
  deferring: DeferringOperation | null;
}

/** An operation that may defer, by what its variables choose; null where they choose that nothing is. */
interface Choices {
  variables: readonly string[];
  known: LRUCache<string, Choice>;
}

const MOST_OPERATIONS = 1_000;
const MOST_CHOICES = 16;
const NONE: Choices = { variables: [], known: new LRUCache({ max: 1 }) };

/** Keeps what is worked out once of operations with `@defer`, for each combination of its conditions. */
export class DeferringOperations {
  private readonly operations = new LRUCache<string, Choices>({ max: MOST_OPERATIONS });

  constructor(private readonly supergraph: Supergraph) {}

  /** What an operation defers with these variables; null when nothing. */
  find(operation: GraphOperation, coerced: Readonly<Record<string, unknown>>): DeferringOperation | null {
    const choices = this.choicesOf(operation);
    if (choices === NONE) return null;
    const key = choices.variables.map((name) => Number(coerced[name] !== false)).join('');
    const known = choices.known.get(key);
    if (known) return known.deferring;
    const deferring = this.prepare(operation, coerced);
    choices.known.set(key, { deferring });
    return deferring;
  }

  private choicesOf({ document, operationName, key }: GraphOperation): Choices {
    const operationKey = operationName === undefined ? key : `${key} ${operationName}`;
    const known = this.operations.get(operationKey);
    if (known) return known;
    const choices = hasDefer(document)
      ? { variables: deferVariables(document), known: new LRUCache<string, Choice>({ max: MOST_CHOICES }) }
      : NONE;
    this.operations.set(operationKey, choices);
    return choices;
  }

  private prepare(
    { document, operationName }: GraphOperation,
    coerced: Readonly<Record<string, unknown>>,
  ): DeferringOperation | null {
    const definition = getOperationAST(document, operationName);
    if (!definition) throw new Error('A validated document has no operation of that name');
    const labelled = labelDeferred(document, definition, coerced);
    if (labelled.labels.size === 0) return null;
    const plan = this.planOf(labelled, operationName);
    if (!plan) return null;
    const prepared = new PreparedOperation(this.supergraph.schema, labelled.document, operationName);
    return { plan, prepared, labels: labelled.labels };
  }

  /** To defer is a wish: what the planner cannot take apart, such as a field with `@requires`, is not deferred. */
  private planOf({ document }: DeferredDocument, operationName: string | undefined): QueryPlan | null {
    try {
      return this.supergraph.planDeferring(withoutIntrospection(document), operationName);
    } catch {
      return null;
    }
  }
}

/** The planner overlooks fields of the schema in deferred fragments, and finds no subgraph for them. */
function withoutIntrospection(document: DocumentNode): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  return visit(document, {
    Field: ({ name }) => (name.value === '__schema' || name.value === '__type' ? typename : undefined),
  });
}
