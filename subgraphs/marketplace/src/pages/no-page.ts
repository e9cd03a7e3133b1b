import type { Connection } from '@tutorgraph/kit/graphql/connection';

/** A page of a list that has nothing in it. */
export function noPage<Node>(): Connection<Node> {
  return {
    edges: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    totalCount: async () => 0,
  };
}
