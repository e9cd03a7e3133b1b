import { newId } from '@tutorgraph/kit/database/id';
import {
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { RootType } from './table.js';

/** A GraphQL operation. */
export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** A value of each scalar; ids are new, so that nothing has them. */
const scalars: Readonly<Record<string, () => unknown>> = {
  ID: newId,
  String: () => 'some text',
  Int: () => 1,
  Float: () => 1,
  Boolean: () => true,
  SafeInt: () => 1,
  DateTime: () => '2026-01-01T00:00:00Z',
  Date: () => '2026-01-01',
  TimeZone: () => 'UTC',
  URL: () => 'https://example.com/',
  EmailAddress: () => `${newId()}@example.com`,
  Currency: () => 'EUR',
};

/** The least operation that uses a root field: required arguments only, and nothing selected. */
export function minimalOperation(
  root: RootType,
  field: GraphQLField<unknown, unknown>,
  given: Record<string, unknown> = {},
): Operation {
  const used = field.args.filter((argument) => isRequiredArgument(argument) || argument.name in given);
  const variables = Object.fromEntries(used.map(({ name, type }) => [name, given[name] ?? leastValue(type)]));
  const definitions = used.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const uses = used.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isCompositeType(getNamedType(field.type)) ? ' { __typename }' : '';
  const query = `${root.toLowerCase()}${definitions && ` (${definitions})`} { ${field.name}${uses && `(${uses})`}${selection} }`;
  return { query, variables };
}

/** The least valid value of an input type. */
function leastValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return leastValue(type.ofType);
  if (isListType(type)) return [leastValue(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const needed = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return Object.fromEntries(needed.map(({ name, type: fieldType }) => [name, leastValue(fieldType)]));
  }
  const make = scalars[type.name];
  if (!make) throw new Error(`Say in minimal-operation.ts what a value of the scalar ${type.name} looks like`);
  return make();
}
