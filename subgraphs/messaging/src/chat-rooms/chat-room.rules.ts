/** What a room is for. */
export const chatRoomKinds = ['DIRECT', 'GROUP', 'SUPPORT', 'NAMED'] as const;
/** @see chatRoomKinds */
export type ChatRoomKind = (typeof chatRoomKinds)[number];

/** Has a room of this kind moderators, who put people in and out? The others have the people whom they are for. */
export function isManaged(kind: ChatRoomKind): boolean {
  return kind === 'GROUP' || kind === 'NAMED';
}
