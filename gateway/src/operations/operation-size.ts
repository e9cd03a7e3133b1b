import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** How much an operation asks for; what `__schema` and `__type` hold is not counted. */
export interface OperationSize {
  depth: number;
  aliases: number;
  rootFields: number;
  /** Uses of directives, each use of a fragment counted. */
  directives: number;
}

type FragmentReader = (name: string) => FragmentDefinitionNode | null | undefined;

/**
 * Measures a selection. Each fragment is measured once, so a document of fragments within fragments costs no more than
 * its text; each use of it counts.
 */
export function measureSelection(selectionSet: SelectionSetNode, fragment: FragmentReader): OperationSize {
  const known = new Map<string, OperationSize>();
  return measure(selectionSet);

  function measure({ selections }: SelectionSetNode): OperationSize {
    const size = nothing();
    for (const selection of selections) {
      size.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) continue;
        const inner = selection.selectionSet ? measure(selection.selectionSet) : undefined;
        size.depth = Math.max(size.depth, 1 + (inner?.depth ?? 0));
        size.aliases += (selection.alias ? 1 : 0) + (inner?.aliases ?? 0);
        size.rootFields += 1;
        size.directives += inner?.directives ?? 0;
        continue;
      }
      const part =
        selection.kind === Kind.FRAGMENT_SPREAD ? spread(selection.name.value) : measure(selection.selectionSet);
      size.depth = Math.max(size.depth, part.depth);
      size.aliases += part.aliases;
      size.rootFields += part.rootFields;
      size.directives += part.directives;
    }
    return size;
  }

  function spread(name: string): OperationSize {
    const measured = known.get(name);
    if (measured) return measured;
    // A fragment within itself is refused by another rule; here it must only not go round for ever.
    known.set(name, nothing());
    const definition = fragment(name);
    const size = definition ? measure(definition.selectionSet) : nothing();
    known.set(name, size);
    return size;
  }
}

function nothing(): OperationSize {
  return { depth: 0, aliases: 0, rootFields: 0, directives: 0 };
}
