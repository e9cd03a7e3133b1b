import { randomBytes } from 'node:crypto';

/** What somebody who checks a certificate learns of it. */
export const certificateStatuses = ['VALID', 'REVOKED', 'UNKNOWN'] as const;
/** @see certificateStatuses */
export type CertificateStatus = (typeof certificateStatuses)[number];

/** Digits and letters that nobody takes for one another (Crockford's base 32). */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const GROUP = 4;

/** A new code, such as `7K3M-9QXD-2FHA`: 60 random bits, which nobody guesses. */
export function newCode(): string {
  return grouped([...randomBytes(LENGTH)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join(''));
}

/** A code as somebody typed it; null when it cannot be one. */
export function readCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const isCode = letters.length === LENGTH && [...letters].every((letter) => LETTERS.includes(letter));
  return isCode ? grouped(letters) : null;
}

function grouped(letters: string): string {
  return (letters.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** Does a certificate hold? */
export function statusOf(certificate: { revokedAt?: Date | null } | null): CertificateStatus {
  if (!certificate) return 'UNKNOWN';
  return certificate.revokedAt ? 'REVOKED' : 'VALID';
}

/** Does whoever has completed a course with this mean score earn its certificate? */
export function earns(
  course: { certificateRule: 'NONE' | 'COMPLETION' | 'COMPLETION_AND_SCORE'; certificateScore: number },
  score: number | null,
): boolean {
  if (course.certificateRule === 'NONE') return false;
  return course.certificateRule === 'COMPLETION' || (score !== null && score >= course.certificateScore);
}
