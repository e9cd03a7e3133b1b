import {
  type GraphQLLeafType,
  type GraphQLOutputType,
  getNullableType,
  isEnumType,
  isScalarType,
  isSpecifiedScalarType,
} from 'graphql';

const LARGEST_INT = 2_147_483_647;

type Check = (value: unknown) => boolean;

/** GraphQL, October 2021, section 3.5 Scalars: what a value of these types may be in a result. */
const CHECKS: Readonly<Record<string, Check>> = {
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= LARGEST_INT,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
};

/** Says whether a subgraph may answer with a value for a type; null where anything will do, as for scalars of our own. */
export function leafCheck(type: GraphQLLeafType): Check | null {
  // A value that only subgraphs know is no value for clients.
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return isSpecifiedScalarType(type) ? (CHECKS[type.name] ?? null) : null;
}

/** The `typeof` of which any value will do for a type; empty where each has to be looked at. */
export function fittingKind(type: GraphQLOutputType): 'string' | 'boolean' | '' {
  const leaf = getNullableType(type);
  if (!isScalarType(leaf)) return '';
  if (leaf.name === 'Boolean') return 'boolean';
  return leaf.name === 'Int' || leaf.name === 'Float' ? '' : 'string';
}
