import {
  type ConstDirectiveNode,
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  parseConstValue,
  parseType,
} from 'graphql';
import { DEFAULT_PER_PAGE } from './connection.js';
import { PLAIN_LIST_SIZE } from './cost.js';

/** Lists of errors are nearly always empty. */
const ERROR_LIST_SIZE = 1;
const SLICING_ARGUMENTS = ['first', 'last'];
/** Fields of a page that hold its items. */
const ITEM_FIELDS = ['edges', 'nodes'];

/**
 * Says of each field how long its list is, with `@listSize`: a page as long as `first` or `last` asks, any other list what
 * is usual, unless the field says it itself.
 */
export function declareListSizes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const size = listSizeOf(field);
      if (size) addDirective(field, size);
    }
  }
}

type Field = GraphQLField<unknown, unknown>;

function listSizeOf(field: Field): ConstDirectiveNode | undefined {
  const given = field.astNode?.directives?.map(({ name }) => name.value) ?? [];
  if (given.includes('listSize') || given.includes('external')) return undefined;
  const slicingArguments = SLICING_ARGUMENTS.filter((name) => field.args.some((argument) => argument.name === name));
  const named = getNamedType(field.type);
  const isList = isListType(getNullableType(field.type)) && isCompositeType(named);
  const sizedFields = isList ? [] : itemFields(named);
  if (slicingArguments.length > 0 && (isList || sizedFields.length > 0)) {
    return directive('listSize', {
      assumedSize: DEFAULT_PER_PAGE,
      slicingArguments,
      ...(sizedFields.length > 0 && { sizedFields }),
      requireOneSlicingArgument: false,
    });
  }
  // How many items a page has is said by what leads to it.
  if (!isList || ITEM_FIELDS.includes(field.name)) return undefined;
  return directive('listSize', { assumedSize: isError(named) ? ERROR_LIST_SIZE : PLAIN_LIST_SIZE });
}

function itemFields(type: GraphQLNamedOutputType): string[] {
  if (!isObjectType(type)) return [];
  return ITEM_FIELDS.filter((name) => isListType(getNullableType(type.getFields()[name]?.type)));
}

function isError(type: GraphQLNamedOutputType): boolean {
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'UserError');
}

function addDirective(field: Field, added: ConstDirectiveNode): void {
  const { astNode } = field;
  field.astNode = {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: field.name },
    type: parseType(String(field.type)),
    ...astNode,
    directives: [...(astNode?.directives ?? []), added],
  };
}

function directive(name: string, values: Record<string, unknown>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      // What is written here is the same in JSON and in GraphQL.
      value: parseConstValue(JSON.stringify(value)),
    })),
  };
}
