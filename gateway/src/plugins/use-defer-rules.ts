import {
  type ASTNode,
  type DirectiveNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
  visit,
} from 'graphql';

const DEFER = 'defer';

/**
 * The validation rules of `@defer`, by the draft of incremental delivery (https://github.com/graphql/graphql-spec/pull/1110, section 5.7;
 * graphql-js has them from its version 17 on): a label is a text that no other part has; nothing of a mutation or subscription itself is
 * deferred, as its fields have an effect or are the event; and nothing within a subscription, unless a variable may turn that off.
 */
export const useDeferRules: ValidationRule = (context) => {
  const labels = new Map<string, DirectiveNode>();
  return {
    Directive(directive) {
      if (directive.name.value !== DEFER) return;
      refuseRoot(directive, context);
      const label = argumentOf(directive, 'label');
      if (label?.kind === Kind.VARIABLE) refuse(context, 'A label of @defer must be a text, not a variable', directive);
      if (label?.kind !== Kind.STRING) return;
      const other = labels.get(label.value);
      if (other)
        refuse(context, `Two parts have the label "${label.value}"; give each a label of its own`, other, directive);
      else labels.set(label.value, directive);
    },
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      for (const part of [operation, ...context.getRecursivelyReferencedFragments(operation)])
        refuseCertain(part, context);
    },
  };
};

function refuseRoot(directive: DirectiveNode, context: ValidationContext): void {
  const parent = context.getParentType();
  const schema = context.getSchema();
  if (!parent || (parent !== schema.getMutationType() && parent !== schema.getSubscriptionType())) return;
  refuse(
    context,
    `Fields of ${parent.name} itself cannot be deferred; defer what is selected of their results`,
    directive,
  );
}

/** @param part an operation that is a subscription, or a fragment of one */
function refuseCertain(part: ASTNode, context: ValidationContext): void {
  visit(part, {
    Directive(directive) {
      if (directive.name.value !== DEFER) return;
      const condition = argumentOf(directive, 'if');
      const mayBeOff = condition?.kind === Kind.VARIABLE || (condition?.kind === Kind.BOOLEAN && !condition.value);
      if (!mayBeOff) refuse(context, 'An event comes as a whole: nothing of a subscription can be deferred', directive);
    },
  });
}

function refuse(context: ValidationContext, message: string, ...nodes: DirectiveNode[]): void {
  context.reportError(new GraphQLError(message, { nodes }));
}

function argumentOf(directive: DirectiveNode, name: string): ValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}
