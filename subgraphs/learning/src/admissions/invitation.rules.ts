/** Languages in which somebody can be invited. */
export const invitationLanguages = ['en', 'ru'] as const;
/** @see invitationLanguages */
export type InvitationLanguage = (typeof invitationLanguages)[number];

/** How long the code of an invitation is good, in days. */
export const INVITATION_DAYS = 14;
