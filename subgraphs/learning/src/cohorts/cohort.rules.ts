/** In which order cohorts are listed. */
export const cohortOrders = ['STARTS_FIRST', 'STARTS_LAST', 'NEWEST_FIRST'] as const;
/** @see cohortOrders */
export type CohortOrder = (typeof cohortOrders)[number];

/** What of a cohort others are told of when it changes. */
export const cohortFields = ['title', 'curator'] as const;

/** Most that may belong to one cohort. */
export const MOST_SEATS = 10_000;
