import { Random } from '@tutorgraph/kit/demo/random';
import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  parse,
  validate,
} from 'graphql';

const DEEPEST = 4;

/** A query that was made up, and variables for it. */
export interface RandomQuery {
  query: string;
  variables: Record<string, unknown>;
}

/** What a query that is made up may hold beside what all do. */
export interface RandomQueryOptions {
  /** Fragments with `@defer`, about every second one. @default false */
  defers?: boolean;
  /** @default 'query' */
  operation?: 'query' | 'mutation';
}

/** Makes up a valid query with aliases, fragments, conditions and arguments. */
export function randomQuery(
  schema: GraphQLSchema,
  seed: number,
  { defers = false, operation = 'query' }: RandomQueryOptions = {},
): RandomQuery {
  for (let attempt = 0; attempt < 200; attempt++) {
    const random = new Random(`query ${attempt}`, seed);
    const made = new QueryMaker(schema, random, defers).make(operation);
    if (validate(schema, parse(made.query)).length === 0) return made;
  }
  throw new Error(`No valid query came of seed ${seed}`);
}

class QueryMaker {
  private readonly fragments: string[] = [];
  private labels = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
    private readonly defers: boolean,
  ) {}

  make(operation: 'query' | 'mutation'): RandomQuery {
    const root = operation === 'query' ? this.schema.getQueryType() : this.schema.getMutationType();
    if (!root) throw new Error(`The graph has no ${operation}`);
    const selection = this.selection(root, 0);
    const head = `${operation} Made($yes: Boolean!, $maybe: Boolean = true, $at: Int)`;
    // Each variable is used at least once.
    const all = `${selection} ... @include(if: $yes) { __typename } ... @skip(if: $maybe) { __typename }`;
    const used = `a${this.random.integer(0, 9)}: __typename`;
    const fields = Object.values(root.getFields());
    const withAt = fields.find(({ type }) => !isCompositeType(getNamedType(type)));
    const at = withAt ? `${withAt.name}(at: $at)` : `z: ${fields[0]?.name}(at: $at) { __typename }`;
    return {
      query: `${head} { ${all} ${used} ${at} } ${this.fragments.join(' ')}`,
      variables: {
        yes: this.random.chance(0.7),
        ...(this.random.chance(0.5) && { maybe: this.random.chance(0.5) }),
        at: 3,
      },
    };
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    const count = random.integer(1, depth === 0 ? 4 : 3);
    const parts = Array.from({ length: count }, () => this.part(type, depth));
    const isUnion = !('getFields' in type);
    return [...parts, ...(isUnion || random.chance(0.3) ? ['__typename'] : [])].join(' ');
  }

  private part(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    if (isAbstractType(type) && (!('getFields' in type) || random.chance(0.7))) {
      return this.spread(random.pick(this.schema.getPossibleTypes(type)), depth);
    }
    if (random.chance(this.defers ? 0.4 : 0.1)) return this.spread(type, depth);
    return 'getFields' in type ? this.field(type, depth) : '__typename';
  }

  private spread(type: GraphQLCompositeType, depth: number): string {
    const inner = this.selection(type, depth + 1);
    if (this.random.chance(0.6)) return `... on ${type.name} ${this.condition()} ${this.defer()} { ${inner} }`;
    const name = `F${this.fragments.length}`;
    this.fragments.push('');
    this.fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} { ${inner} }`;
    return `...${name} ${this.defer()}`;
  }

  private defer(): string {
    const { random, defers } = this;
    if (!defers || random.chance(0.4)) return '';
    this.labels += 1;
    const label = `label: "part ${this.labels}"`;
    return random.pick(['@defer', '@defer', `@defer(${label})`, `@defer(if: $yes, ${label})`, '@defer(if: $maybe)']);
  }

  private field(type: Extract<GraphQLCompositeType, { getFields: unknown }>, depth: number): string {
    const { random } = this;
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const field = random.pick(depth >= DEEPEST && leaves.length > 0 ? leaves : fields);
    const named = getNamedType(field.type);
    const args = field.args.length > 0 && random.chance(0.4) ? `(at: ${random.pick(['1', '2', '$at'])})` : '';
    const alias = random.chance(0.25)
      ? `${random.pick(['x', 'y', 'toString', 'constructor'])}${random.integer(0, 3) || ''}: `
      : '';
    const inner = isCompositeType(named)
      ? `{ ${depth >= DEEPEST ? '__typename' : this.selection(named, depth + 1)} }`
      : '';
    return `${alias}${field.name}${args} ${this.condition()} ${inner}`;
  }

  private condition(): string {
    const { random } = this;
    return random.chance(0.15) ? random.pick(['@include(if: $yes)', '@skip(if: $maybe)', '@skip(if: false)']) : '';
  }
}
