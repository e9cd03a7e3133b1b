/** What a code proves. */
export const codePurposes = ['EMAIL', 'PHONE', 'PASSWORD'] as const;
/** @see codePurposes */
export type CodePurpose = (typeof codePurposes)[number];

/** After so many tries a code is worth nothing: a new one is needed. */
export const MOST_ATTEMPTS = 5;
/** How long a code is good. */
export const CODE_LIFE_MS = 10 * 60_000;
