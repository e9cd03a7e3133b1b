import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import { Random } from '@tutorgraph/kit/demo/random';
import { type VerificationKind, type VerificationStatus, validUntil } from '../verifications/verification.rules.js';
import type { DemoVerification } from './data.js';
import { DAY } from './times.js';
import type { MadeTutor } from './tutors.js';

/** What was confirmed of the tutors of the demo, and what still waits for staff; without files. */
export function generateVerifications(seed: number, tutors: readonly MadeTutor[], now: Date): DemoVerification[] {
  return tutors.flatMap((tutor, index) => {
    const random = new Random('verification', seed, index);
    const isFixed = tutor.profile.userId === FIXED_PEOPLE.TUTOR.id;
    return kindsOf(random, isFixed).map((kind) => {
      const status = isFixed ? 'VERIFIED' : statusOf(random, tutor);
      return verificationOf(random, demoId(seed, `verification:${kind}`, index), tutor, { kind, status, now });
    });
  });
}

function kindsOf(random: Random, isFixed: boolean): VerificationKind[] {
  if (isFixed) return ['DIPLOMA', 'IDENTITY'];
  if (random.chance(0.4)) return [];
  return ['DIPLOMA', ...(random.chance(0.3) ? (['IDENTITY'] as const) : [])];
}

/** Days from the profile to a decision, at least. */
const FIRST_DAYS = 5;

function statusOf(random: Random, { persona }: MadeTutor): VerificationStatus {
  if (persona.joinedDaysAgo <= FIRST_DAYS) return 'PENDING';
  return random.weighted(['VERIFIED', 'PENDING', 'REJECTED'] as const, (status) => SHARES[status]);
}

const SHARES = { VERIFIED: 86, PENDING: 10, REJECTED: 4 };

function verificationOf(
  random: Random,
  id: string,
  { profile, persona }: MadeTutor,
  { kind, status, now }: { kind: VerificationKind; status: VerificationStatus; now: Date },
): DemoVerification {
  const inRussian = profile.locale === 'ru';
  const diploma = { title: inRussian ? 'Диплом' : 'Diploma', issuer: profile.education };
  const passport = inRussian
    ? { title: 'Паспорт', issuer: 'Министерство внутренних дел' }
    : { title: 'Passport', issuer: 'The ministry of the interior' };
  const waitedDays = random.integer(1, 3);
  const daysAgo = status === 'PENDING' ? 0 : random.integer(1, persona.joinedDaysAgo - FIRST_DAYS + 1);
  const decidedAt = new Date(now.getTime() - daysAgo * DAY);
  const { title, issuer } = kind === 'IDENTITY' ? passport : diploma;
  return {
    ...{ id, tutorId: profile.id, kind, status, title, issuer },
    submittedAt: new Date(decidedAt.getTime() - waitedDays * DAY),
    decidedAt: status === 'PENDING' ? null : decidedAt,
    decidedBy: status === 'PENDING' ? null : FIXED_PEOPLE.HR.id,
    rejectionReason: status === 'REJECTED' ? (inRussian ? 'Номер не читается.' : 'The number cannot be read.') : null,
    validUntil: status === 'VERIFIED' ? validUntil(decidedAt) : null,
  };
}
