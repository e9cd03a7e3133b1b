import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type CollectOptions, collectParts, conditionVariables } from './collect-fields.js';
import { type Introspected, ResultShaper } from './result-shaper.js';

/** Shapers differ by the values of a few booleans only. */
const MOST_SHAPERS = 16;
const INTROSPECTION = new Set(['__schema', '__type']);

/** One operation of a validated document, with what can be worked out before any of its runs. */
export class PreparedOperation {
  private readonly operation: OperationDefinitionNode;
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly conditions: readonly string[];
  private readonly shapers = new LRUCache<string, ResultShaper>({ max: MOST_SHAPERS });

  /** @throws GraphQLError when the document has no such operation */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    operationName: string | undefined,
  ) {
    const operation = getOperationAST(document, operationName);
    if (!operation) throw new GraphQLError('The document has no such operation');
    this.operation = operation;
    const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    this.conditions = conditionVariables(operation, this.fragments);
  }

  /** Variables with their defaults, or why they do not fit. */
  coerce(
    variables: Readonly<Record<string, unknown>>,
  ): { coerced: Record<string, unknown> } | { errors: GraphQLError[] } {
    const { variableDefinitions = [] } = this.operation;
    if (variableDefinitions.length === 0) return { coerced: {} };
    const { coerced, errors } = getVariableValues(this.schema, variableDefinitions, variables);
    if (coerced) return { coerced };
    return {
      errors: errors.map(
        ({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } }),
      ),
    };
  }

  /** What shapes results of runs with these variables. */
  shaper(coerced: Readonly<Record<string, unknown>>): ResultShaper {
    const key = this.conditions.map((name) => Number(coerced[name] === true)).join('');
    const known = this.shapers.get(key);
    if (known) return known;
    const type = this.schema.getRootType(this.operation.operation);
    if (!type) throw new GraphQLError(`The graph has no ${this.operation.operation}`);
    const { selectionSet } = this.operation;
    const options = { schema: this.schema, fragments: this.fragments, conditions: coerced };
    const asked = introspectionOf([selectionSet], type, options);
    const introspected = this.introspect(asked, coerced);
    const shaper = new ResultShaper(options, { type, selectionSet }, introspected);
    // A type that a variable names is another one for each run.
    if (!asked.some(([, nodes]) => nodes.some((node) => usesVariables(node)))) this.shapers.set(key, shaper);
    return shaper;
  }

  private introspect(
    asked: readonly [string, FieldNode[]][],
    variableValues: Readonly<Record<string, unknown>>,
  ): Introspected {
    if (asked.length === 0) return new Map();
    const selections = asked.flatMap(([, nodes]) => nodes);
    const operation = { ...this.operation, selectionSet: { ...this.operation.selectionSet, selections } };
    const definitions = this.document.definitions.map((one) => (one === this.operation ? operation : one));
    const { data, errors } = executeSync({
      schema: this.schema,
      document: { ...this.document, definitions },
      operationName: this.operation.name?.value,
      variableValues: { ...variableValues },
    });
    if (errors?.[0]) throw errors[0];
    return new Map(Object.entries(data ?? {}));
  }
}

/** What is asked of the schema, at once and later. */
function introspectionOf(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  options: CollectOptions,
): [string, FieldNode[]][] {
  const { fields, deferred } = collectParts(selectionSets, type, options);
  const here = [...fields].filter(([, [node]]) => isIntrospection(node));
  return [...here, ...deferred.flatMap(({ selectionSet }) => introspectionOf([selectionSet], type, options))];
}

function isIntrospection(node: FieldNode | undefined): boolean {
  return node !== undefined && INTROSPECTION.has(node.name.value);
}

function usesVariables(node: FieldNode): boolean {
  return JSON.stringify(node, (key, value) => (key === 'loc' ? undefined : value)).includes(
    `"kind":"${Kind.VARIABLE}"`,
  );
}
