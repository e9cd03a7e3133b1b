import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  parseType,
  print,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { Supergraph } from '../supergraph/supergraph.js';

/** How a client's subscription is carried out: what to subscribe to upstream, and what to run for each event. */
export interface SubscriptionPlan {
  /** The subgraph whose field it is. */
  subgraph: string;
  /** The root field's name in the result. */
  responseName: string;
  /** What is sent to the subgraph. Its cursor is `__cursor`, its position to go on from the variable `__after`. */
  upstream: { query: string; operationName: string | undefined; variableNames: readonly string[] };
  /** The operation of the subgraph as planned, to which an event is the answer. */
  plannedOperation: string;
  /** Runs for each event: first what the event itself says, then fetches from other subgraphs. */
  eventPlan: QueryPlan;
  /** Can it go on from a position after its upstream was lost? */
  isResumable: boolean;
  /** Where the client itself selected the cursor, by names in the result. */
  cursorNames: readonly string[];
  /** The position that the client asks to go on from. */
  clientAfter(variables: Record<string, unknown> | undefined): string | undefined;
}

/** The name that the gateway gives to an event's cursor. */
export const CURSOR = '__cursor';
/** The variable of the position to go on from. */
export const AFTER = '__after';

/** Works out how to carry out a subscription. @throws when the plan is not of a subscription */
export function planSubscription(supergraph: Supergraph, plan: QueryPlan): SubscriptionPlan {
  const node = plan.node;
  if (node?.kind !== 'Subscription') throw new Error(`Expected the plan of a subscription, got ${node?.kind}`);
  const { primary, rest } = node;
  const { document, operation, field } = readOperation(primary);
  const able = supergraph.subscriptionField(primary.serviceName, field.name.value);
  const afterType = able.hasCursor ? able.afterType : undefined;
  const rewritten = rewrite(document, { field, hasCursor: able.hasCursor, afterType });
  return {
    subgraph: primary.serviceName,
    responseName: responseNameOf(field),
    upstream: {
      query: print(rewritten.document),
      operationName: operation.name?.value,
      variableNames: rewritten.variableNames,
    },
    plannedOperation: primary.operation,
    eventPlan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [primary, rest] : [primary] } },
    isResumable: afterType !== undefined,
    cursorNames: able.hasCursor ? cursorNames(field.selectionSet) : [],
    clientAfter: afterReader(field),
  };
}

function readOperation(primary: FetchNode) {
  const document = parse(primary.operation);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const field = operation?.selectionSet.selections[0];
  if (!operation || field?.kind !== Kind.FIELD) throw new Error(`Expected one root field in ${primary.operation}`);
  return { document, operation, field };
}

interface Rewrite {
  field: FieldNode;
  hasCursor: boolean;
  afterType: string | undefined;
}

function rewrite(document: DocumentNode, change: Rewrite): { document: DocumentNode; variableNames: string[] } {
  const withField = visit(document, {
    Field: (field) => (field === change.field ? rewriteField(field, change) : undefined),
  });
  const used = new Set<string>();
  visit(withField, {
    // Definitions of variables are no use of them.
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const variableNames = [...used].filter((name) => name !== AFTER);
  const operation = (node: OperationDefinitionNode): OperationDefinitionNode => ({
    ...node,
    variableDefinitions: [
      ...(node.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
      ...(change.afterType === undefined ? [] : [afterDefinition(change.afterType)]),
    ],
  });
  return { document: visit(withField, { OperationDefinition: operation }), variableNames };
}

function rewriteField(field: FieldNode, { hasCursor, afterType }: Rewrite): FieldNode {
  const others = field.arguments?.filter(({ name }) => name.value !== 'after') ?? [];
  const after = { kind: Kind.ARGUMENT, name: nameNode('after'), value: afterVariable() } as const;
  const selections = field.selectionSet?.selections ?? [];
  const cursor = { kind: Kind.FIELD, alias: nameNode(CURSOR), name: nameNode('cursor') } as const;
  return {
    ...field,
    arguments: afterType === undefined ? (field.arguments ?? []) : [...others, after],
    ...(hasCursor && { selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections, cursor] } }),
  };
}

function afterDefinition(type: string): VariableDefinitionNode {
  return { kind: Kind.VARIABLE_DEFINITION, variable: afterVariable(), type: parseType(type) };
}

function afterVariable() {
  return { kind: Kind.VARIABLE, name: nameNode(AFTER) } as const;
}

function nameNode(value: string) {
  return { kind: Kind.NAME, value } as const;
}

function afterReader(field: FieldNode): SubscriptionPlan['clientAfter'] {
  const value: ValueNode | undefined = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  return (variables) => {
    const after: unknown = value && valueFromASTUntyped(value, variables);
    return typeof after === 'string' ? after : undefined;
  };
}

function cursorNames(selectionSet: SelectionSetNode | undefined): string[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === 'cursor' ? [responseNameOf(selection)] : [];
    return selection.kind === Kind.INLINE_FRAGMENT ? cursorNames(selection.selectionSet) : [];
  });
}

function responseNameOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
