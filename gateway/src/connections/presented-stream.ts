import type { ExecutionResult, GraphQLError } from 'graphql';

type Presenter = (error: unknown) => GraphQLError;

/** A stream whose errors, those of its results and the one that ends it, are made fit for the client. */
export function presentedStream(
  stream: AsyncIterableIterator<ExecutionResult, undefined>,
  present: Presenter,
): AsyncIterableIterator<ExecutionResult, undefined> {
  const presented: AsyncIterableIterator<ExecutionResult, undefined> = {
    async next() {
      const next = await stream.next().catch((error: unknown) => {
        throw present(error);
      });
      return next.done ? next : { done: false, value: presentedResult(next.value, present) };
    },
    return: async () => (await stream.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => presented,
  };
  return presented;
}

function presentedResult(result: ExecutionResult, present: Presenter): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map(present) } : result;
}
