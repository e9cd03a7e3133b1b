import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { deferredFragment } from './deferred-document.js';

/** What fields are collected from. */
export interface CollectOptions {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Values of the variables by which parts are skipped or included. */
  conditions: Readonly<Record<string, unknown>>;
}

/** Fields of one object by their names in the result, in the result's order; each as often as it was selected. */
export type CollectedFields = Map<string, FieldNode[]>;

/** A fragment whose fields come later. */
export interface DeferredFragment {
  label: string;
  selectionSet: SelectionSetNode;
}

/** What is selected of an object. */
export interface Collected {
  fields: CollectedFields;
  /** What is selected of it for later. */
  deferred: readonly DeferredFragment[];
}

/**
 * Which fields are selected of an object of a type, deferred ones among them. GraphQL, October 2021, section 6.3.2
 * CollectFields.
 */
export function collectFields(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  options: CollectOptions,
): CollectedFields {
  return collect(selectionSets, type, options, () => undefined).fields;
}

/** Which fields are selected of an object of a type, and which fragments for later. */
export function collectParts(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  options: CollectOptions,
): Collected {
  return collect(selectionSets, type, options, deferredFragment);
}

function collect(
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  options: CollectOptions,
  laterPart: (fragment: InlineFragmentNode) => DeferredFragment | undefined,
): Collected {
  const fields: CollectedFields = new Map();
  const deferred: DeferredFragment[] = [];
  const visited = new Set<string>();
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isIncluded(selection, options)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const known = fields.get(name);
        if (known) known.push(selection);
        else fields.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (!applies(selection.typeCondition?.name.value, type, options.schema)) continue;
        const later = laterPart(selection);
        if (later) deferred.push(later);
        else read(selection.selectionSet);
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = options.fragments.get(selection.name.value);
        if (fragment && applies(fragment.typeCondition.name.value, type, options.schema)) read(fragment.selectionSet);
      }
    }
  };
  for (const selectionSet of selectionSets) read(selectionSet);
  return { fields, deferred };
}

/** The variables by which parts of an operation are skipped or included. */
export function conditionVariables(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): string[] {
  const names = new Set<string>();
  const read = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      for (const directive of selection.directives ?? []) {
        const value = conditionOf(directive);
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      if ('selectionSet' in selection && selection.selectionSet) read(selection.selectionSet);
    }
  };
  read(operation.selectionSet);
  for (const { selectionSet } of fragments.values()) read(selectionSet);
  return [...names].sort();
}

function isIncluded({ directives }: SelectionNode, { conditions }: CollectOptions): boolean {
  return (directives ?? []).every((directive) => {
    const value = conditionOf(directive);
    if (!value) return true;
    const holds =
      value.kind === Kind.VARIABLE ? conditions[value.name.value] === true : value.kind === Kind.BOOLEAN && value.value;
    return holds === (directive.name.value === 'include');
  });
}

function conditionOf({ name, arguments: given }: DirectiveNode) {
  const isCondition = name.value === 'skip' || name.value === 'include';
  return isCondition ? given?.find((argument) => argument.name.value === 'if')?.value : undefined;
}

function applies(condition: string | undefined, type: GraphQLCompositeType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && !isUnionType(type) && schema.isSubType(wanted, type);
}
