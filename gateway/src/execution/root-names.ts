import { Kind, parse, type SelectionSetNode } from 'graphql';

/**
 * What the root fields of a fetch are called in its answer. Those under a condition are left out: whether they are in the
 * result is not known before it is there.
 */
export function rootNamesOf(operation: string): readonly string[] {
  const [definition] = parse(operation, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? [...new Set(namesIn(definition.selectionSet))] : [];
}

function namesIn({ selections }: SelectionSetNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD || (selection.directives?.length ?? 0) > 0) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) return namesIn(selection.selectionSet);
    const { alias, name } = selection;
    return [(alias ?? name).value];
  });
}
