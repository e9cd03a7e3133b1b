/** What a code proves. */
export const codePurposes = ['EMAIL', 'PHONE', 'PASSWORD'] as const;
/** @see codePurposes */
export type CodePurpose = (typeof codePurposes)[number];

/** How many digits a code has. */
export const CODE_DIGITS = 4;
/** After so many tries a code is worth nothing: a new one is needed. */
export const MOST_ATTEMPTS = 5;
/** How long a code is good. */
export const CODE_LIFE_MS = 10 * 60_000;

const CODE = new RegExp(`^\\d{${CODE_DIGITS}}$`);

/** The code that somebody typed, spaces and dashes aside; undefined when it can be none. */
export function readCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, '');
  return CODE.test(code) ? code : undefined;
}
