import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { conditionVariables } from '../execution/collect-fields.js';
import type { ReadOperation } from '../operations/read-operation.js';
import type { Supergraph } from '../supergraph/supergraph.js';
import { amountIn, type Variables } from './amount.js';
import { CostCompiler } from './cost-compiler.js';
import type { CostDirectives } from './cost-directives.js';
import type { CostShape } from './cost-shape.js';

/** Shapes of one operation differ by the values of a few booleans only. */
const MOST_SHAPES = 16;

/** What one operation of a document costs; worked out once, whatever its variables are. */
class OperationCost {
  private readonly definition: OperationDefinitionNode;
  private readonly defaults: Variables | undefined;
  private readonly conditions: readonly string[];
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly shapes = new LRUCache<string, CostShape>({ max: MOST_SHAPES });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly directives: CostDirectives,
    { document, definition }: Pick<ReadOperation, 'document' | 'definition'>,
  ) {
    const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    this.conditions = conditionVariables(definition, this.fragments);
    this.defaults = defaultsOf(definition);
    this.definition = definition;
  }

  /** What it may cost with these variables. */
  estimate(sent: Variables): number {
    const variables = this.withDefaults(sent);
    return amountIn(this.shape(variables).estimate, variables);
  }

  /** What it did cost to answer this. */
  measure(data: Readonly<Record<string, unknown>>, sent: Variables): number {
    const variables = this.withDefaults(sent);
    return this.shape(variables).measure(data, variables);
  }

  private withDefaults(sent: Variables): Variables {
    return this.defaults ? { ...this.defaults, ...sent } : sent;
  }

  private shape(variables: Variables): CostShape {
    const key = this.conditions.map((name) => Number(variables[name] === true)).join('');
    const known = this.shapes.get(key);
    if (known) return known;
    const { schema, directives, fragments, definition } = this;
    const type = schema.getRootType(definition.operation);
    if (!type) throw new Error(`The graph has no ${definition.operation}`);
    const compiler = new CostCompiler({ schema, directives, fragments, conditions: variables });
    const shape = compiler.compile(type, definition.selectionSet);
    this.shapes.set(key, shape);
    return shape;
  }
}

const known = new WeakMap<OperationDefinitionNode, OperationCost>();

/** An operation of a document that fits a graph. */
interface MeasuredOperation extends Pick<ReadOperation, 'document' | 'definition'> {
  graph: { supergraph: Pick<Supergraph, 'schema' | 'costs'> };
}

/** The cost of an operation, kept for as long as its document is. */
export function costOf(operation: MeasuredOperation): OperationCost {
  const { definition, graph } = operation;
  const remembered = known.get(definition);
  if (remembered) return remembered;
  const { schema, costs } = graph.supergraph;
  const cost = new OperationCost(schema, costs, operation);
  known.set(definition, cost);
  return cost;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables | undefined {
  const given = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
