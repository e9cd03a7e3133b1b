import {
  type GraphQLFieldResolver,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** An object of the made-up graph: everything of it follows from its seed, whichever subgraph is asked. */
interface MadeUp {
  __typename?: string;
  id?: string;
  seed?: string;
  /** Items of a connection's page. */
  first?: number;
}

const USUAL_PAGE = 20;
const MOST_ITEMS = 3;
/** Of how many the graph's entities are, so that neighbours share some, as they do in a market. */
const POOLS: Record<string, number> = { Subject: 12, Tutor: 80, User: 300 };
const USUAL_POOL = 1_000;
const ONE_OF_SO_MANY_IS_NULL = 12;
const WORDS = ['algebra', 'patient', 'exam', 'grammar', 'lesson', 'clear', 'weekend', 'explains', 'home', 'progress'];
const SCALARS: Record<string, (hash: number) => unknown> = {
  Int: (hash) => hash % 100,
  Float: (hash) => (hash % 500) / 100,
  Boolean: (hash) => hash % 2 === 0,
  ID: (hash) => `0198a1b2-0000-7000-8000-${String(hash).padStart(12, '0')}`,
  String: (hash) => words(hash),
  SafeInt: (hash) => hash % 100_000,
  Currency: () => 'EUR',
  DateTime: (hash) => new Date(1_760_000_000_000 + (hash % 1_000_000) * 1_000).toISOString(),
  URL: (hash) => `https://files.example.com/pictures/${hash}.webp`,
};

/** Resolves any field of any subgraph; the same field of the same object has the same value everywhere and always. */
export const madeUpField: GraphQLFieldResolver<MadeUp | undefined, unknown> = (source, args, _context, info) => {
  const known: unknown = source && Reflect.get(source, info.fieldName);
  if (known !== undefined) return known;
  const path = `${seedOf(source)}.${info.fieldName}${JSON.stringify(args)}`;
  if (isListType(getNullableType(info.returnType)) && source?.first !== undefined) {
    return listOf(info.returnType, path, source.first);
  }
  const value = madeOf(info.returnType, path, args.id);
  const isPage = isObject(value) && value.__typename?.endsWith('Connection');
  return isPage ? { ...value, first: Number(args.first ?? USUAL_PAGE) } : value;

  function madeOf(type: GraphQLOutputType, seed: string, id?: unknown): unknown {
    if (!isNonNullType(type) && source && hashOf(`${seed}?`) % ONE_OF_SO_MANY_IS_NULL === 0) return null;
    const nullable = getNullableType(type);
    if (isListType(nullable)) return listOf(nullable, seed, 1 + (hashOf(seed) % MOST_ITEMS));
    return namedValue(nullable as GraphQLNamedType, seed, id);
  }

  function listOf(type: GraphQLOutputType, seed: string, length: number): unknown[] {
    const list = getNullableType(type);
    const item = isListType(list) ? list.ofType : type;
    return Array.from({ length }, (_, index) => madeOf(item, `${seed}.${index}`));
  }

  function namedValue(type: GraphQLNamedType, seed: string, id: unknown): unknown {
    const hash = hashOf(seed);
    if (isEnumType(type)) return type.getValues()[hash % type.getValues().length]?.value;
    const possible = isAbstractType(type) ? info.schema.getPossibleTypes(type) : [];
    const object = isObjectType(type) ? type : possible[hash % possible.length];
    if (!object) return (SCALARS[type.name] ?? words)(hash);
    if (!('id' in object.getFields())) return { __typename: object.name, seed };
    const number = hash % (POOLS[object.name] ?? USUAL_POOL);
    return { __typename: object.name, id: id ?? `${object.name.toLowerCase()}-${number}` };
  }
};

function seedOf(source: MadeUp | undefined): string {
  if (!source) return '';
  return source.seed ?? `${source.__typename}:${source.id}`;
}

function isObject(value: unknown): value is MadeUp {
  return typeof value === 'object' && value !== null;
}

function words(hash: number): string {
  return Array.from({ length: 2 + (hash % 5) }, (_, index) => WORDS[(hash >> index) % WORDS.length]).join(' ');
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 1;
}
