/** What a room is for. */
export const chatRoomKinds = ['DIRECT', 'GROUP', 'SUPPORT', 'NAMED'] as const;
/** @see chatRoomKinds */
export type ChatRoomKind = (typeof chatRoomKinds)[number];
