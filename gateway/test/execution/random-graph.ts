import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { Random } from '@tutorgraph/kit/demo/random';
import { execute, type GraphQLSchema, isAbstractType, parse } from 'graphql';

/** A federated graph that was made up: its supergraph, and its subgraphs as they answer in this process. */
export interface RandomGraph {
  sdl: string;
  subgraphs: ReadonlyMap<string, Answer>;
}

type Answer = (
  query: string,
  variables: Record<string, unknown>,
) => Promise<{ data: unknown; errors?: readonly Error[] }>;

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])';
const SUBGRAPHS = ['alpha', 'beta', 'gamma'];
const ENTITIES = ['Apple', 'Birch', 'Cedar', 'Dune'];
const SCALARS = ['Int', 'String', 'Boolean', 'Float', 'ID', 'Colour', 'Anything'];
const COLOURS = ['RED', 'GREEN', 'BLUE'];

/** Shared by all: a value type, an enum and a scalar of their own. */
const COMMON = `
  enum Colour { ${COLOURS.join(' ')} }
  scalar Anything
  type Leaf @shareable { size: Int! colour: Colour inner: [Leaf] }
`;

/** What a graph that is made up may be like. */
export interface RandomGraphOptions {
  /** Are some entities not found, or refused, when they are asked for by their key? @default true */
  losesEntities?: boolean;
  /** Do fields need what another subgraph knows? @default true */
  requires?: boolean;
}

/** Makes up a graph of three subgraphs whose entities refer to one another. The same seed gives the same graph and data. */
export function randomGraph(seed: number, options: RandomGraphOptions = {}): RandomGraph {
  const { losesEntities = true, requires = true } = options;
  const random = new Random('graph', seed);
  const sdls = new Map(SUBGRAPHS.map((name) => [name, subgraphSdl(name, random, requires)]));
  const services = [...sdls].map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `http://${name}` }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(`Seed ${seed}: ${errors?.join('; ')}\n${[...sdls.values()].join('\n')}`);
  const subgraphs = new Map([...sdls].map(([name, sdl]) => [name, answering(sdl, seed, losesEntities)]));
  return { sdl: supergraphSdl, subgraphs };
}

function subgraphSdl(name: string, random: Random, requires: boolean): string {
  const pick = <Item>(items: readonly Item[]): Item => random.pick(items);
  const wrapped = (type: string): string =>
    pick([type, type, `${type}!`, `[${type}]`, `[${type}!]`, `[${type}!]!`, `[[${type}]]`]);
  const composite = () => pick([...ENTITIES, ...ENTITIES, 'Leaf', 'Plant', `Found${name}`]);
  const field = (index: number) =>
    `${name}${index}(at: Int): ${random.chance(0.5) ? wrapped(pick(SCALARS)) : wrapped(composite())}`;
  const entity = (type: string) => {
    const fields = Array.from({ length: random.integer(1, 4) }, (_, index) => field(index));
    // What another subgraph knows decides what this one says.
    const needs =
      name === 'gamma' && requires ? ['weight: Int @external', 'taxed: Float @requires(fields: "weight")'] : [];
    const own = name === 'alpha' ? ['weight: Int'] : [];
    return `type ${type} implements Plant @key(fields: "id") { id: ID! ${[...own, ...needs, ...fields].join(' ')} }`;
  };
  const roots = Array.from({ length: 3 }, (_, index) => `${name}Root${index}(at: Int): ${wrapped(composite())}`);
  const changes = [0, 1].map((index) => `${name}Change${index}(at: Int): ${ENTITIES[(index + name.length) % 4]}`);
  return `${LINK} ${COMMON}
    interface Plant { id: ID! }
    union Found${name} = ${ENTITIES.slice(0, random.integer(2, 4)).join(' | ')}
    ${ENTITIES.map(entity).join('\n')}
    type Query { ${roots.join(' ')} }
    type Mutation { ${changes.join(' ')} }`;
}

function answering(sdl: string, seed: number, losesEntities: boolean): Answer {
  const resolve = (key: object): object | null => (losesEntities ? found(key, seed) : key);
  const resolvers = Object.fromEntries(ENTITIES.map((type) => [type, { __resolveReference: resolve }]));
  const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  return async (query, variables) => {
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      rootValue: { id: 'root' },
      fieldResolver: (source, args, _context, info) => {
        const known = source[info.fieldName];
        if (known !== undefined) return known;
        const id = `${source.__typename ?? info.parentType.name} ${source.id} ${info.fieldName} ${JSON.stringify(args)}`;
        return valueFor(String(info.returnType), id, schema, seed);
      },
      typeResolver: (value: { __typename: string }) => value.__typename,
    });
    // What crosses a wire is JSON.
    return JSON.parse(JSON.stringify(result));
  };
}

function found(key: object, seed: number): object | null {
  const random = new Random(`reference ${JSON.stringify(key)}`, seed);
  if (random.chance(0.05)) throw new Error(`Lost ${JSON.stringify(key)}`);
  return random.chance(0.08) ? null : key;
}

/** A value of a type, as its name decides: sometimes null or an error, also where it may not be. */
function valueFor(type: string, id: string, schema: GraphQLSchema, seed: number): unknown {
  const random = new Random(`value ${id}`, seed);
  if (random.chance(0.03)) throw new Error(`Failed ${id}`);
  if (random.chance(type.endsWith('!') ? 0.02 : 0.12)) return null;
  const bare = type.replace(/!$/, '');
  if (bare.startsWith('[')) {
    return Array.from({ length: random.integer(0, 3) }, (_, index) => {
      const item = bare.slice(1, -1);
      return valueFor(item, `${id} ${index}`, schema, seed);
    });
  }
  return leafOf(bare, random) ?? objectOf(bare, random, schema);
}

function leafOf(type: string, random: Random): unknown {
  if (type === 'Int') return random.integer(-1_000, 1_000);
  if (type === 'Float') return random.integer(0, 100) / 8;
  if (type === 'Boolean') return random.chance(0.5);
  if (type === 'Colour') return random.pick(COLOURS);
  if (type === 'Anything') return random.pick<unknown>([{ any: [1, null] }, 'thing', 7, [true]]);
  return type === 'String' || type === 'ID' ? `s${random.integer(0, 9)}` : undefined;
}

function objectOf(type: string, random: Random, schema: GraphQLSchema): object {
  const named = schema.getType(type);
  const names = isAbstractType(named) ? schema.getPossibleTypes(named).map(({ name }) => name) : [type];
  // Few ids, so that the same entity is met again and again.
  return { __typename: random.pick(names), id: String(random.integer(1, 4)) };
}
