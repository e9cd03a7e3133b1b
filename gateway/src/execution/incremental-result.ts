import type { ExecutionResult, GraphQLError } from 'graphql';

/** A part of a result that was deferred. */
export interface IncrementalPart {
  /** Null when an error reached the top of the part. */
  data: Record<string, unknown> | null;
  /** Where in the result it belongs: the object that the deferred fragment is of. */
  path: readonly (string | number)[];
  /** As the client named the part. */
  label?: string;
  errors?: readonly GraphQLError[];
}

/** What comes after the first part of a deferred result, at a time. */
export interface IncrementalUpdate {
  /** Empty when nothing is left to tell but that it is over. */
  incremental: readonly IncrementalPart[];
  /** False in the last one. */
  hasNext: boolean;
}

/**
 * What an operation with `@defer` comes to: a result at once, and the deferred parts as they become known. Whoever reads
 * `subsequent` says `return` to it when the client leaves, upon which nothing more is fetched.
 */
export interface IncrementalResult {
  initial: ExecutionResult;
  subsequent: AsyncIterable<IncrementalUpdate, void>;
}
