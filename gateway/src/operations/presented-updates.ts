import type { GraphQLFormattedError } from 'graphql';
import type { IncrementalPart, IncrementalUpdate } from '../execution/incremental-result.js';

/** A deferred part as the client sees it. */
interface PresentedPart extends Omit<IncrementalPart, 'errors'> {
  errors?: readonly GraphQLFormattedError[];
}

/** What comes after the first part of a result, as the client sees it. */
export interface PresentedUpdate {
  incremental: readonly PresentedPart[];
  hasNext: boolean;
}

type Presenter = (error: unknown) => GraphQLFormattedError;

/** Updates whose errors are made fit for the client. When they break off, the last one says so. */
export function presentedUpdates(
  updates: AsyncIterable<IncrementalUpdate, void>,
  present: Presenter,
): AsyncIterator<PresentedUpdate, void> {
  const iterator = updates[Symbol.asyncIterator]();
  let hasFailed = false;
  return {
    async next() {
      if (hasFailed) return { done: true, value: undefined };
      try {
        const next = await iterator.next();
        return next.done ? next : { done: false, value: presentedUpdate(next.value, present) };
      } catch (error) {
        hasFailed = true;
        const part = { data: null, path: [], errors: [present(error)] };
        return { done: false, value: { incremental: [part], hasNext: false } };
      }
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}

function presentedUpdate({ incremental, hasNext }: IncrementalUpdate, present: Presenter): PresentedUpdate {
  const parts = incremental.map(({ errors, ...part }) => ({ ...part, ...(errors && { errors: errors.map(present) }) }));
  return { incremental: parts, hasNext };
}
