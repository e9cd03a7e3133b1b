import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { LESSON_MINUTES } from '../bookings/booking.rules.js';

const percent = z.number().int().min(0).max(100);
const hours = z.number().int().min(0).max(720);
const minutes = z.number().int().min(1).max(1440);

/** Steps that begin where the one before ends; each key once, in their order. */
function steps<Shape extends z.ZodRawShape>(shape: Shape, key: keyof Shape & string, direction: 1 | -1) {
  return z
    .array(z.object(shape))
    .min(1)
    .max(20)
    .refine((list) => list.every((step, index) => index === 0 || follows(list[index - 1], step, key, direction)));
}

function follows(before: object | undefined, step: object, key: string, direction: 1 | -1): boolean {
  const [left, right]: unknown[] = [before && Reflect.get(before, key), Reflect.get(step, key)];
  return typeof left === 'number' && typeof right === 'number' && (right - left) * direction > 0;
}

/** Whoever cancels later never gets more. */
function neverRising(list: readonly Record<string, unknown>[]): boolean {
  return list.every((step, index) => index === 0 || Number(step['percent']) <= Number(list[index - 1]?.['percent']));
}

/** The rules of the market. Hours are counted to the lesson's beginning. */
export const policyRules = z
  .object({
    /** Minutes that a slot is held before it must be booked. */
    holdMinutes: minutes.max(60),
    /** Minutes that a booking waits for its payment; a checkout page cannot live less than 30. */
    paymentMinutes: minutes.min(31),
    /** Moving a lesson is free until so many hours before; later it is possible once, and then it cannot be cancelled. */
    freeReschedulingHours: hours,
    /** Moving a lesson is impossible later than so many hours before. */
    lastReschedulingHours: hours,
    /** What a student gets back who cancels: the first step whose hours are still left; after the last one nothing. */
    refunds: steps({ hoursLeft: hours, percent }, 'hoursLeft', -1).refine(neverRising),
    /** Minutes after the beginning from which somebody who is not there counts as absent. */
    noShowAfterMinutes: minutes.max(60),
    /** Hours after the end within which a no-show may be disputed. */
    disputeHours: hours.min(1),
    /** Hours after the end after which a lesson counts as completed when nobody says anything. */
    completedAfterHours: hours,
    trial: z.object({
      minutes: minutes.min(LESSON_MINUTES.least).max(LESSON_MINUTES.most).multipleOf(LESSON_MINUTES.step),
      /** What a trial costs, of the price of as many minutes. */
      pricePercent: percent,
      /** How many tutors one student may try. */
      mostTutors: z.number().int().min(1).max(100),
      /** The platform's commission of a trial. */
      commissionPercent: percent,
    }),
    packages: z.object({
      /** How many lessons one can buy at once, and what is taken off their price. */
      sizes: steps({ lessons: z.number().int().min(2).max(100), discountPercent: percent.max(90) }, 'lessons', 1),
      /** Days after which lessons that were not taken are lost. */
      validDays: z.number().int().min(7).max(1_000),
    }),
    /** The platform's commission by the hours that the tutor has taught in all: the last step that is reached. */
    commission: steps({ fromHours: z.number().int().min(0).max(1_000_000), percent }, 'fromHours', 1).refine(
      ([first]) => first?.['fromHours'] === 0,
    ),
  })
  .refine(({ freeReschedulingHours, lastReschedulingHours }) => freeReschedulingHours >= lastReschedulingHours, {
    path: ['freeReschedulingHours'],
  })
  // Who is reported absent at the last moment must still be able to say otherwise.
  .refine(({ disputeHours, completedAfterHours }) => disputeHours > completedAfterHours, { path: ['disputeHours'] });
/** @see policyRules */
export type PolicyRules = z.output<typeof policyRules>;

/** Rules that staff publishes, and the version that they have read before. */
export const policyPublication = z.object({ expectedVersion: z.number().int().min(1), rules: policyRules });

/** Names of the rules that differ. */
export function changedRules(former: PolicyRules, next: PolicyRules): string[] {
  const before: Readonly<Record<string, unknown>> = former;
  return Object.entries(next).flatMap(([name, rule]) => (isDeepStrictEqual(rule, before[name]) ? [] : [name]));
}

/** The policy that comes with the database. */
export const FIRST_POLICY_ID = '01900000-0000-7000-8000-000000000001';

/** The rules that come with the database. */
export const firstRules: PolicyRules = {
  holdMinutes: 5,
  paymentMinutes: 35,
  freeReschedulingHours: 12,
  lastReschedulingHours: 2,
  refunds: [
    { hoursLeft: 12, percent: 100 },
    { hoursLeft: 4, percent: 50 },
  ],
  noShowAfterMinutes: 15,
  disputeHours: 48,
  completedAfterHours: 24,
  trial: { minutes: 50, pricePercent: 100, mostTutors: 3, commissionPercent: 100 },
  packages: {
    sizes: [
      { lessons: 5, discountPercent: 5 },
      { lessons: 10, discountPercent: 10 },
      { lessons: 20, discountPercent: 15 },
    ],
    validDays: 180,
  },
  commission: [
    { fromHours: 0, percent: 33 },
    { fromHours: 21, percent: 28 },
    { fromHours: 51, percent: 25 },
    { fromHours: 201, percent: 22 },
    { fromHours: 401, percent: 18 },
  ],
};

const HOUR_MS = 60 * 60 * 1000;

/** Hours from a moment to a lesson's beginning; negative once it has begun. */
export function hoursLeft(startsAt: Date, now: Date): number {
  return (startsAt.getTime() - now.getTime()) / HOUR_MS;
}

/** The share that a student gets back who cancels now, in percent. */
export function refundPercent(rules: PolicyRules, startsAt: Date, now: Date): number {
  const left = hoursLeft(startsAt, now);
  return rules.refunds.find((step) => left >= step.hoursLeft)?.percent ?? 0;
}

/** The platform's commission of a tutor's next lesson, in percent. */
export function commissionPercent(rules: PolicyRules, kind: 'REGULAR' | 'TRIAL', taughtMinutes: number): number {
  if (kind === 'TRIAL') return rules.trial.commissionPercent;
  const reached = rules.commission.filter(({ fromHours }) => taughtMinutes >= fromHours * 60);
  return reached.at(-1)?.percent ?? rules.commission[0]?.percent ?? 0;
}
