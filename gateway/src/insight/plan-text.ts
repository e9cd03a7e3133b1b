import { type PlanNode, prettyFormatQueryPlan, type QueryPlan, type SubscriptionNode } from '@apollo/query-planner';
import { Kind, parse, print, visit } from 'graphql';

/** A plan in the planner's own text form. */
export function planText(plan: QueryPlan): string {
  return prettyFormatQueryPlan(plan);
}

/** The same without the values that the operation's text holds: those may be personal. */
export function planTextWithoutValues(plan: QueryPlan): string {
  return planText(plan.node ? { ...plan, node: withoutValues(plan.node) } : plan);
}

function withoutValues<Node extends PlanNode | SubscriptionNode>(node: Node): Node {
  return copy(node) as Node;
}

/** A plan is plain data; each fetch in it, however deep, has the text of its operation. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    if (key === 'operationDocumentNode') return [key, undefined];
    return [key, key === 'operation' && typeof item === 'string' ? textWithoutValues(item) : copy(item)];
  });
  return Object.fromEntries(entries);
}

/** A document's text with `"…"` and 0 in the place of its strings and numbers. */
function textWithoutValues(text: string): string {
  const document = visit(parse(text, { noLocation: true }), {
    StringValue: () => ({ kind: Kind.STRING, value: '…' }) as const,
    IntValue: () => ({ kind: Kind.INT, value: '0' }) as const,
    FloatValue: () => ({ kind: Kind.FLOAT, value: '0' }) as const,
  });
  return print(document);
}
