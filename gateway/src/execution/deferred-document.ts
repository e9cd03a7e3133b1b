import {
  type ArgumentNode,
  BREAK,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { DeferredFragment } from './collect-fields.js';

const DEFER = 'defer';

/** An operation in which every deferred fragment stands at its place, under a label of its own. */
export interface DeferredDocument {
  /** Named fragments are written out: the same one may be deferred here and not there. */
  document: DocumentNode;
  /** What the client calls the parts, by the labels of ours. Empty when nothing is deferred after all. */
  labels: ReadonlyMap<string, string | undefined>;
}

/** Does a document defer anything? */
export function hasDefer(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive({ name }) {
      if (name.value !== DEFER) return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** The same operations with nothing deferred. */
export function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: ({ name }) => (name.value === DEFER ? null : undefined) });
}

/** The variables that decide what is deferred. */
export function deferVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      const value = directive.name.value === DEFER ? argumentOf(directive, 'if')?.value : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** What an operation defers when it has these variables; a fragment that is not deferred is one like others. */
export function labelDeferred(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): DeferredDocument {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const labels = new Map<string, string | undefined>();
  const relabel = (directives: readonly DirectiveNode[] = []): DirectiveNode[] =>
    directives.flatMap((directive) => {
      if (directive.name.value !== DEFER) return [directive];
      if (!isActive(directive, variables)) return [];
      const label = `defer${labels.size}`;
      labels.set(label, clientLabel(directive));
      return [{ ...directive, arguments: [labelArgument(label)] }];
    });
  const writeOut = ({ kind, selections }: SelectionSetNode): SelectionSetNode => ({
    kind,
    selections: selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FIELD) {
        return selection.selectionSet ? { ...selection, selectionSet: writeOut(selection.selectionSet) } : selection;
      }
      const directives = relabel(selection.directives);
      const fragment: Pick<InlineFragmentNode, 'typeCondition' | 'selectionSet'> | undefined =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) throw new Error('A validated document has no fragment that one of its operations spreads');
      const { typeCondition, selectionSet } = fragment;
      const inline = { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: writeOut(selectionSet) } as const;
      return typeCondition ? { ...inline, typeCondition } : inline;
    }),
  });
  const definitions = [{ ...operation, selectionSet: writeOut(operation.selectionSet) }];
  return { document: { kind: Kind.DOCUMENT, definitions }, labels };
}

/** The deferred fragment that a selection is, in a document from `labelDeferred`. */
export function deferredFragment(selection: InlineFragmentNode): DeferredFragment | undefined {
  const directive = selection.directives?.find(({ name }) => name.value === DEFER);
  const label = directive && clientLabel(directive);
  return label === undefined ? undefined : { label, selectionSet: selection.selectionSet };
}

/** `if` is true by default; a variable that was left out leaves it so. */
function isActive(directive: DirectiveNode, variables: Readonly<Record<string, unknown>>): boolean {
  const condition = argumentOf(directive, 'if')?.value;
  if (condition?.kind === Kind.VARIABLE) return variables[condition.name.value] !== false;
  return condition?.kind !== Kind.BOOLEAN || condition.value;
}

function clientLabel(directive: DirectiveNode): string | undefined {
  const label = argumentOf(directive, 'label')?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}

function argumentOf(directive: DirectiveNode, name: string): ArgumentNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name);
}

function labelArgument(value: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value: { kind: Kind.STRING, value } };
}
