import { GraphQLError } from 'graphql';

/** The events after a client's cursor are not held any more. */
export function resumeGap(cursor: string): GraphQLError {
  return new GraphQLError('Events after the cursor are no longer held; read the current state and subscribe anew', {
    extensions: { code: 'RESUME_GAP', cursor },
  });
}

/** A client took its events too slowly. */
export function subscriptionLagged(cursor: string): GraphQLError {
  return new GraphQLError('Events came faster than they were taken; subscribe again after the cursor', {
    extensions: { code: 'SUBSCRIPTION_LAGGED', cursor },
  });
}
