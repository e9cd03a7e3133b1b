import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line and report of one request carries. No personal data. */
export interface RequestScope {
  /** The id that one client request keeps across processes. */
  requestId: string;
  /** The GraphQL operation's name, when it has one. */
  operation?: string | undefined;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** Runs `work` so that everything it logs or reports, awaited parts included, names the request. */
export function inRequestScope<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** The request that is being served in this asynchronous context, or undefined outside one. */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}
