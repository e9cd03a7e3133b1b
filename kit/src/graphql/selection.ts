import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/** Answers by field and path; documents are cached, so that an operation that comes again is looked through once. */
const answers = new WeakMap<FieldNode, Map<string, boolean>>();

/**
 * Does the operation select this below the field that is being resolved? Fragments are looked into, whatever type they are
 * on; what `@skip` or `@include` may leave out counts as selected: who asks reads something along, which then is not used.
 *
 * @param path names of fields with dots between them, such as `edges.node.subject`
 */
export function selects({ fieldNodes, fragments }: GraphQLResolveInfo, path: string): boolean {
  return fieldNodes.some((node) => {
    const known = answers.get(node) ?? new Map<string, boolean>();
    answers.set(node, known);
    const answer = known.get(path) ?? isSelected(node.selectionSet, path.split('.'), fragments);
    known.set(path, answer);
    return answer;
  });
}

function isSelected(set: SelectionSetNode | undefined, path: readonly string[], fragments: Fragments): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  return Boolean(
    set?.selections.some((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return isSelected(selection.selectionSet, path, fragments);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        return isSelected(fragments[selection.name.value]?.selectionSet, path, fragments);
      }
      return selection.name.value === name && isSelected(selection.selectionSet, rest, fragments);
    }),
  );
}
