import { AsyncLocalStorage } from 'node:async_hooks';

const counting = new AsyncLocalStorage<string[]>();

/** Notes one SQL statement for whoever counts in this asynchronous context. */
export function countStatement(sql: string): void {
  counting.getStore()?.push(sql);
}

/** Runs `work` and returns, beside its result, every SQL statement that was sent on its behalf. */
export async function withStatements<T>(work: () => Promise<T>): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const result = await counting.run(statements, work);
  return { result, statements };
}
