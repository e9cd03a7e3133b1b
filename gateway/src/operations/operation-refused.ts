import type { GraphQLError } from 'graphql';

/** Nothing was run, for these reasons. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';

  /**
   * @param status what HTTP calls it; 400 is told as 200 to who accepts only `application/json`, where statuses are of the
   * transport (GraphQL over HTTP, section 6.4.1)
   */
  constructor(
    readonly errors: readonly GraphQLError[],
    readonly status = 400,
  ) {
    super(errors[0]?.message ?? 'The operation was refused');
  }
}
