import type { preHandlerAsyncHookHandler } from 'fastify';
import { GraphQLError } from 'graphql';

/** Options of batches. */
export interface BatchLimitOptions {
  /** Operations in one HTTP request; 1 turns batches off. */
  batch: number;
}

/** Refuses HTTP requests that carry too many operations. */
export function useBatchLimit({ batch }: BatchLimitOptions): preHandlerAsyncHookHandler {
  return async (request): Promise<void> => {
    if (!Array.isArray(request.body) || request.body.length <= batch) return;
    throw new GraphQLError(`Send at most ${batch} operations in one request`, {
      extensions: { code: 'BATCH_TOO_LARGE', limit: 'batch', most: batch, asked: request.body.length },
    });
  };
}
