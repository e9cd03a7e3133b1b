import { describe, expect, it } from 'vitest';
import { Tutor } from '../tutors/tutor.entity.js';
import { Verification } from './verification.entity.js';
import {
  newVerification,
  type VerificationStatus,
  validUntil,
  verificationStatuses,
  verifiedUntil,
} from './verification.rules.js';
import { moveVerification } from './verification.transitions.js';

const now = new Date('2026-11-21T10:00:00Z');
const allowed: Readonly<Record<VerificationStatus, readonly VerificationStatus[]>> = {
  PENDING: ['VERIFIED', 'REJECTED'],
  VERIFIED: ['REJECTED', 'EXPIRED'],
  REJECTED: [],
  EXPIRED: [],
};
const pairs = verificationStatuses.flatMap((from) =>
  verificationStatuses.map((to) => ({ from, to, may: allowed[from].includes(to) })),
);

describe('a proof', () => {
  it.each(pairs)('goes from $from to $to: $may', ({ from, to, may }) => {
    const [tutor, proof] = [new Tutor(), new Verification()];
    Object.assign(proof, { status: from, validUntil: now, rejectionReason: null });
    const later = new Date('2027-01-01T00:00:00Z');
    expect(moveVerification({ tutor, proofs: [proof] }, proof, to, { validUntil: later })).toBe(may);
    expect(proof.status).toBe(may ? to : from);
    expect(proof.validUntil).toEqual(may ? later : now);
    expect(tutor.verifiedUntil ?? null).toEqual(may && to === 'VERIFIED' ? later : null);
  });

  it.each([
    ['2026-11-21T10:00:00Z', '2027-11-21T10:00:00.000Z'],
    ['2028-02-29T23:30:00Z', '2029-03-01T23:30:00.000Z'],
  ])('that is approved at %s counts until %s', (at, end) => {
    expect(validUntil(new Date(at)).toISOString()).toBe(end);
  });

  it.each([
    ['is of tomorrow where it is tomorrow already', { issuedOn: new Date('2026-11-22') }, true],
    ['is of the day after', { issuedOn: new Date('2026-11-23') }, false],
    ['is older than any tutor', { issuedOn: new Date('1939-12-31') }, false],
    ['has no title', { title: '  ' }, false],
    ['has a title that is too long', { title: 'x'.repeat(201) }, false],
    ['has no file', { uploadIds: [] }, false],
    ['has six files', { uploadIds: ['1', '2', '3', '4', '5', '6'] }, false],
    ['has a file twice', { uploadIds: ['1', '1'] }, false],
    ['has neither number nor date', { number: null, issuedOn: null }, true],
  ])('may be submitted that %s', (_what, change, may) => {
    const proof = { kind: 'DIPLOMA', title: 'Mathematics', issuer: 'A university', uploadIds: ['1'], ...change };
    expect(newVerification(now).safeParse(proof).success).toBe(may);
  });
});

describe('a tutor is verified', () => {
  const [soon, late] = [new Date('2027-01-01'), new Date('2027-06-01')];

  it('until the last of what counts ends', () => {
    const proofs = [
      { status: 'VERIFIED', validUntil: soon },
      { status: 'VERIFIED', validUntil: late },
      { status: 'EXPIRED', validUntil: new Date('2028-01-01') },
      { status: 'PENDING', validUntil: null },
    ] as const;
    expect(verifiedUntil(proofs)).toEqual(late);
  });

  it('not at all when nothing counts', () => {
    expect(verifiedUntil([])).toBeNull();
    expect(verifiedUntil([{ status: 'REJECTED', validUntil: late }])).toBeNull();
  });
});
