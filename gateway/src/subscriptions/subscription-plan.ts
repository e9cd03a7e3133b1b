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
  /** The root field. */
  field: string;
  /** The root field's name in the result. */
  responseName: string;
  /** What is sent to the subgraph. Its cursor is `__cursor`, its position to go on from the variable `__after`. */
  upstream: UpstreamOperation;
  /** The same for the gateway's own ears, with `__endedFor`, where everybody may be told the same. */
  broadcast: UpstreamOperation | undefined;
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
  /** The client's variable that holds that position and is used for nothing else. */
  afterVariable: string | undefined;
}

/** An operation as it is sent to a subgraph. */
interface UpstreamOperation {
  query: string;
  operationName: string | undefined;
  variableNames: readonly string[];
}

/** The name that the gateway gives to an event's cursor. */
export const CURSOR = '__cursor';
/** The variable of the position to go on from. */
export const AFTER = '__after';
/** The name that the gateway gives to the users whose right to hear ended with an event. */
export const ENDED_FOR = '__endedFor';

/** What a client asked for. */
export interface ClientSelection {
  document: DocumentNode;
  /** What it selects says the same to everybody who may hear it. */
  isSameForAll: boolean;
}

/** Works out how to carry out a subscription. @throws when the plan is not of a subscription */
export function planSubscription(supergraph: Supergraph, plan: QueryPlan, client: ClientSelection): SubscriptionPlan {
  const node = plan.node;
  if (node?.kind !== 'Subscription') throw new Error(`Expected the plan of a subscription, got ${node?.kind}`);
  const { primary, rest } = node;
  const { document, operation, field } = readOperation(primary);
  const able = supergraph.subscriptionField(primary.serviceName, field.name.value);
  const afterType = able.hasCursor ? able.afterType : undefined;
  const selected = able.hasCursor ? [aliased(CURSOR, 'cursor')] : [];
  const asked = (added: readonly FieldNode[]): UpstreamOperation => {
    const rewritten = rewrite(document, { field, added, afterType });
    const { variableNames } = rewritten;
    return { query: print(rewritten.document), operationName: operation.name?.value, variableNames };
  };
  const mayBroadcast = client.isSameForAll && afterType !== undefined && able.saysWhoEnded;
  return {
    subgraph: primary.serviceName,
    field: field.name.value,
    responseName: responseNameOf(field),
    upstream: asked(selected),
    broadcast: mayBroadcast ? asked([...selected, aliased(ENDED_FOR, 'noLongerFor')]) : undefined,
    plannedOperation: primary.operation,
    eventPlan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [primary, rest] : [primary] } },
    isResumable: afterType !== undefined,
    cursorNames: able.hasCursor ? cursorNames(field.selectionSet) : [],
    clientAfter: afterReader(field),
    afterVariable: afterVariableOf(field, client.document),
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
  /** Selected of the event besides what the client did. */
  added: readonly FieldNode[];
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

function rewriteField(field: FieldNode, { added, afterType }: Rewrite): FieldNode {
  const others = field.arguments?.filter(({ name }) => name.value !== 'after') ?? [];
  const after = { kind: Kind.ARGUMENT, name: nameNode('after'), value: afterVariable() } as const;
  const selections = field.selectionSet?.selections ?? [];
  return {
    ...field,
    arguments: afterType === undefined ? (field.arguments ?? []) : [...others, after],
    ...(added.length > 0 && { selectionSet: { kind: Kind.SELECTION_SET, selections: [...selections, ...added] } }),
  };
}

function aliased(alias: string, name: string): FieldNode {
  return { kind: Kind.FIELD, alias: nameNode(alias), name: nameNode(name) };
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

function afterVariableOf(field: FieldNode, client: DocumentNode): string | undefined {
  const value = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  let uses = 0;
  visit(client, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      if (name.value === value.name.value) uses += 1;
    },
  });
  return uses === 1 ? value.name.value : undefined;
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
