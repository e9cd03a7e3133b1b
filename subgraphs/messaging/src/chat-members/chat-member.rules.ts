/** What somebody is in a room. */
export const memberRoles = ['MEMBER', 'MODERATOR'] as const;
/** @see memberRoles */
export type MemberRole = (typeof memberRoles)[number];

/** Why somebody does not belong to a room any longer. */
export const memberEndings = ['LEFT', 'REMOVED', 'BANNED', 'ERASED'] as const;
/** @see memberEndings */
export type MemberEnding = (typeof memberEndings)[number];
