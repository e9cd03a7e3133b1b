import { GraphQLError, type ValidationRule } from 'graphql';
import { measureSelection, type OperationSize } from '../operations/operation-size.js';
import type { Limits } from '../settings.js';

/** Which limits of an operation's size there are. */
export type OperationLimits = Pick<Limits, keyof OperationSize>;

const TOO_MUCH: Record<keyof OperationSize, string> = {
  depth: 'nests fields too deeply',
  aliases: 'has too many aliases',
  rootFields: 'asks for too many root fields',
  directives: 'has too many directives',
};

/**
 * A validation rule that refuses operations that ask for too much, over HTTP and WebSocket alike; the error's
 * `extensions` name the limit. Ours, because graphql-armor's rules know no root fields and call it a syntax error.
 */
export function useOperationLimits(limits: OperationLimits): ValidationRule {
  return (context) => ({
    OperationDefinition(operation) {
      const size = measureSelection(operation.selectionSet, (name) => context.getFragment(name));
      for (const limit of ['depth', 'aliases', 'rootFields', 'directives'] as const) {
        if (size[limit] <= limits[limit]) continue;
        context.reportError(
          new GraphQLError(`The operation ${TOO_MUCH[limit]}: ${size[limit]}, at most ${limits[limit]}`, {
            nodes: operation,
            extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit, most: limits[limit], asked: size[limit] },
          }),
        );
      }
    },
  });
}
