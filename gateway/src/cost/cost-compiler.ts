import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  type SelectionSetNode,
} from 'graphql';
import { collectFields } from '../execution/collect-fields.js';
import { type Amount, notNegative, sumOf } from './amount.js';
import type { CostDirectives } from './cost-directives.js';
import { AbstractCost, type CostShape, type FieldCost, LeafCost, ObjectCost } from './cost-shape.js';
import { InputCosts } from './input-cost.js';
import { askedSize, ownSize } from './list-size.js';

/** What an operation is measured by. */
export interface CompilerOptions {
  schema: GraphQLSchema;
  directives: CostDirectives;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Values of the variables by which parts are skipped or included. */
  conditions: Readonly<Record<string, unknown>>;
}

/** Sizes that a field gives lists of the object that it leads to. */
interface GivenSizes {
  fields: readonly string[];
  size: Amount;
  /** Tells them from others. */
  id: number;
}

/** Fields that are looked at in one operation, in every combination of types and fragments. */
const MOST_FIELDS = 50_000;
const MUTATION = 10;
/** What asking for the schema costs: a lot of work for few words. */
const INTROSPECTION: Readonly<Record<string, number>> = { __schema: 1_000, __type: 50 };

/**
 * Works out what an operation may cost, by IBM's directives for costs: https://ibm.github.io/graphql-specs/cost-spec.html.
 * Fields that are selected twice count once, as they are answered once.
 */
export class CostCompiler {
  private readonly known = new Map<string, CostShape>();
  private readonly ids = new WeakMap<SelectionSetNode, number>();
  private lastId = 0;
  private fields = 0;
  private readonly inputs: InputCosts;

  constructor(private readonly options: CompilerOptions) {
    this.inputs = new InputCosts(options.directives.weights);
  }

  /** @throws COST_LIMIT_EXCEEDED when there are too many combinations to look at */
  compile(type: GraphQLObjectType, selectionSet: SelectionSetNode): CostShape {
    return this.object(type, [selectionSet], undefined, 0);
  }

  private shape(type: GraphQLCompositeType, selections: readonly SelectionSetNode[], given?: GivenSizes): CostShape {
    const key = `${type.name} ${given?.id ?? ''} ${selections.map((one) => this.idOf(one)).join()}`;
    const known = this.known.get(key);
    if (known) return known;
    const shape = isAbstractType(type)
      ? this.abstract(type, selections, given)
      : this.object(type, selections, given, Math.max(0, this.weightOf(type.name) ?? 1));
    this.known.set(key, shape);
    return shape;
  }

  private abstract(
    type: GraphQLCompositeType,
    selections: readonly SelectionSetNode[],
    given: GivenSizes | undefined,
  ): CostShape {
    const { schema } = this.options;
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    const shapes = new Map(types.map((one) => [one.name, this.shape(one, selections, given)]));
    const common = [...collectFields(selections, type, this.options)];
    const typename = common.find(([, [node]]) => node?.name.value === '__typename')?.[0];
    return new AbstractCost(shapes, typename);
  }

  private object(
    type: GraphQLObjectType,
    selections: readonly SelectionSetNode[],
    given: GivenSizes | undefined,
    weight: number,
  ): CostShape {
    const collected = [...collectFields(selections, type, this.options)];
    this.fields += collected.length;
    if (this.fields > MOST_FIELDS) throw tooEntangled();
    return new ObjectCost(
      weight,
      collected.flatMap(([name, nodes]) => this.field(type, name, nodes, given) ?? []),
    );
  }

  private field(
    type: GraphQLObjectType,
    name: string,
    nodes: readonly FieldNode[],
    given: GivenSizes | undefined,
  ): FieldCost | undefined {
    const [node] = nodes;
    if (!node) return undefined;
    const fieldName = node.name.value;
    const field = type.getFields()[fieldName];
    if (!field) return { name, weight: INTROSPECTION[fieldName] ?? 0, size: 1, item: undefined };
    const coordinate = `${type.name}.${fieldName}`;
    const weight = this.fieldWeight(type, coordinate, field, node);
    const named = getNamedType(field.type);
    const leaf = Math.max(0, this.weightOf(named.name) ?? 0);
    if (!isCompositeType(named) && leaf === 0) return { name, weight, size: 1, item: undefined };
    const listSize = this.options.directives.listSizes.get(coordinate);
    const asked = askedSize(listSize, field, node);
    const hands = listSize && listSize.sizedFields.length > 0;
    const size = ownSize(field.type, given?.fields.includes(fieldName) ? given.size : asked);
    const inner = hands ? { fields: listSize.sizedFields, size: asked, id: ++this.lastId } : undefined;
    const parts = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const item = isCompositeType(named) ? this.shape(named, parts, inner) : new LeafCost(leaf);
    return { name, weight, size, item };
  }

  private fieldWeight(
    type: GraphQLObjectType,
    coordinate: string,
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
  ): Amount {
    const usual = type === this.options.schema.getMutationType() ? MUTATION : 0;
    const sent = (node.arguments ?? []).map(({ name, value }) => {
      const argument = field.args.find((one) => one.name === name.value);
      return argument ? this.inputs.written(argument.type, value, this.weightOf(`${coordinate}(${name.value}:)`)) : 0;
    });
    return notNegative(sumOf([this.weightOf(coordinate) ?? usual, ...sent]));
  }

  private weightOf(coordinate: string): number | undefined {
    return this.options.directives.weights.get(coordinate);
  }

  private idOf(selectionSet: SelectionSetNode): number {
    const known = this.ids.get(selectionSet);
    if (known !== undefined) return known;
    const id = ++this.lastId;
    this.ids.set(selectionSet, id);
    return id;
  }
}

function tooEntangled(): GraphQLError {
  return new GraphQLError('What the operation may cost cannot be told: use fewer fragments within fragments', {
    extensions: { code: 'COST_LIMIT_EXCEEDED' },
  });
}
