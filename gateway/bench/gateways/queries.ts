/** A query that the gateways are measured on. */
export interface BenchQuery {
  name: 'list page' | 'deep tree' | 'point query';
  query: string;
  variables: Record<string, unknown>;
  /** The subgraph that can answer all of it by itself. */
  wholly?: string;
}

const LIST_PAGE = `query Tutors($filter: TutorFilter, $first: Int) {
  tutors(filter: $filter, orderBy: RATING, first: $first) {
    totalCount
    edges { node {
      id displayName headline city rating reviewCount premium languages formats
      offerings { id levels subject { id name } hourlyRate { amountMinor currency } trialPrice { amountMinor currency } }
      reviews(first: 3) { edges { node { id rating text createdAt author { id displayName } } } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const DEEP_TREE = `query OrdersInDepth($first: Int) {
  orders(first: $first) {
    edges { cursor node {
      id title description level status createdAt
      budget { amountMinor currency }
      subject { id name }
      student { id displayName avatarUrl createdAt }
      applications(first: 2) { edges { node {
        id message status createdAt matchScore
        proposedRate { amountMinor currency }
        tutor {
          ...Profile
          reviews(first: 2) { edges { node {
            id rating text createdAt
            author { id displayName avatarUrl }
            booking { id status startsAt payment { id status amount { amountMinor currency } payer { id displayName } } }
          } } }
        }
      } } }
    } }
    pageInfo { hasNextPage endCursor }
  }
}
fragment Profile on Tutor {
  id displayName headline city rating reviewCount
  offerings { id levels subject { id name } hourlyRate { amountMinor currency } }
  praise(first: 3) { topic label mentions }
  strengths(first: 3) { topic label mentions isClaimed }
  user { id displayName }
}`;

const POINT_QUERY = 'query Tutor($id: ID!) { tutor(id: $id) { id displayName headline city rating reviewCount } }';

/** From what clients of the marketplace ask; the deep tree touches four subgraphs and its answer has about 90 KB. */
export const benchQueries: readonly BenchQuery[] = [
  {
    name: 'list page',
    query: LIST_PAGE,
    variables: { filter: { subjectSlug: 'english', format: 'ONLINE', ratingAtLeast: 4 }, first: 20 },
  },
  { name: 'deep tree', query: DEEP_TREE, variables: { first: 20 } },
  { name: 'point query', query: POINT_QUERY, variables: { id: 'tutor-7' }, wholly: 'marketplace' },
];
