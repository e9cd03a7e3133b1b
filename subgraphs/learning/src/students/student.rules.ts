/**
 * How somebody stands in the school: AT_RISK while the risk of an active enrolment is high, COMPLETED once every enrolment is,
 * DROPPED when none goes on, ACTIVE otherwise.
 */
export const studentStatuses = ['ACTIVE', 'AT_RISK', 'DROPPED', 'COMPLETED'] as const;
/** @see studentStatuses */
export type StudentStatus = (typeof studentStatuses)[number];

/** How somebody came into the school. */
export const studentSources = ['SELF', 'STAFF', 'PAYMENT', 'IMPORT'] as const;
/** @see studentSources */
export type StudentSource = (typeof studentSources)[number];

/** What counts as being active. */
export const activityKinds = ['LESSON', 'TEST', 'HOMEWORK', 'CARD', 'QUESTION'] as const;
/** @see activityKinds */
export type ActivityKind = (typeof activityKinds)[number];

/** In which order students are listed. */
export const studentOrders = ['NEWEST_FIRST', 'NAME', 'ACTIVE_LAST', 'INACTIVE_LONGEST'] as const;
/** @see studentOrders */
export type StudentOrder = (typeof studentOrders)[number];
