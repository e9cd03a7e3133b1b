/** What a code proves. */
export const codePurposes = ['EMAIL', 'PHONE', 'PASSWORD'] as const;
/** @see codePurposes */
export type CodePurpose = (typeof codePurposes)[number];

/** After so many tries a code is worth nothing: a new one is needed. */
export const MOST_ATTEMPTS = 5;
/** How long a code is good. */
export const CODE_LIFE_MS = 10 * 60_000;

/** The code that somebody typed, spaces and dashes aside; undefined when it can be none. */
export function readCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, '');
  return /^\d{4}$/.test(code) ? code : undefined;
}
