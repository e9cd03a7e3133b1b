/**
 * A generator whose `return` ends it at once even while it waits: it is told by the signal, which also ends when
 * `outer` does. A plain async generator hears `return` only when it next yields.
 */
export function endable<Value>(
  run: (signal: AbortSignal) => AsyncGenerator<Value, void, void>,
  outer?: AbortSignal,
): AsyncGenerator<Value, void, void> {
  const ending = new AbortController();
  const inner = run(outer ? AbortSignal.any([outer, ending.signal]) : ending.signal);
  return {
    next: () => inner.next(),
    return: () => {
      ending.abort();
      return inner.return();
    },
    throw: (error: unknown) => {
      ending.abort();
      return inner.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return();
    },
  };
}
