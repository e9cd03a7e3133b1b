/** What belongs to other rooms and is told by reference when it changes. */
export const followedKinds = ['BOOKING', 'ORDER', 'PAYMENT', 'LEARNING_PROGRESS', 'HOMEWORK'] as const;
/** @see followedKinds */
export type FollowedKind = (typeof followedKinds)[number];
