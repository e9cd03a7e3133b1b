import { GraphQLError } from 'graphql';

/** Counts a use of a route. @returns how long to wait, in seconds, when there were too many */
export async function secondsToWait(count: () => Promise<void>): Promise<number | undefined> {
  try {
    await count();
    return undefined;
  } catch (error) {
    const wait = error instanceof GraphQLError ? error.extensions['retryAfter'] : undefined;
    if (typeof wait === 'number') return wait;
    throw error;
  }
}
