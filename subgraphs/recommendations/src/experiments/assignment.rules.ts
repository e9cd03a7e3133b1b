import { hash } from 'node:crypto';
import { ALL, type RampStep } from './experiment.rules.js';

/** Lessons online belong to no city; of a subject they are one cluster. */
const ONLINE = 'online';
const HOUR_MS = 60 * 60 * 1000;

/** What decides who takes part in an experiment, and with which variant. */
export interface Assignable {
  /** Seeds its hashes, so that two experiments know nothing of each other. */
  id: string;
  exclusionGroup: string | null;
  /** Of the group's units, in basis points, the end not included. */
  rangeFrom: number;
  rangeTo: number;
  ramp: readonly RampStep[];
  rampFrom: Date | null;
  /** In their order; shares in basis points, together 10,000. */
  variants: readonly { key: string; share: number }[];
}

/**
 * The cluster of whoever looks for a subject in a city: they choose among the same tutors, so that they get the same variant.
 *
 * @param city as `cityKey` names it; null for lessons online
 */
export function clusterOf(city: string | null, subjectId: string): string {
  return `${city ?? ONLINE}:${subjectId}`;
}

/**
 * The variant of a unit; null when it does not take part. Three hashes that are independent of each other decide: of the
 * group and the unit whether it lies in the experiment's range, of the experiment and the unit whether it is among the
 * share that takes part by now, and, by another hash, which variant it gets. So a growing share adds units and moves none,
 * and experiments with ranges apart from each other share no unit.
 */
export function assign(experiment: Assignable, unit: string, now: Date): string | null {
  const { id, exclusionGroup, rangeFrom, rangeTo, variants } = experiment;
  if (exclusionGroup !== null) {
    const place = bucketOf('group', exclusionGroup, unit);
    if (place < rangeFrom || place >= rangeTo) return null;
  }
  if (bucketOf('traffic', id, unit) >= shareOfTraffic(experiment, now)) return null;
  let rest = bucketOf('variant', id, unit);
  for (const { key, share } of variants) {
    rest -= share;
    if (rest < 0) return key;
  }
  return null;
}

/** The share of units that take part by now, in basis points; it only grows. */
export function shareOfTraffic({ ramp, rampFrom }: Pick<Assignable, 'ramp' | 'rampFrom'>, now: Date): number {
  if (!rampFrom) return 0;
  const hours = hoursSince(rampFrom, now);
  return Math.max(0, ...ramp.filter(({ afterHours }) => afterHours <= hours).map(({ share }) => share));
}

/**
 * The ramp of an experiment of which another share takes part from now on: what was reached stays, so that whoever is in is
 * never put out. Of the steps that were planned for later those stay that add to it, or none.
 *
 * @returns null when fewer would take part than do: who had a variant would have none, and be counted with it all the same
 */
export function rampTo(
  { ramp, rampFrom }: { ramp: readonly RampStep[]; rampFrom: Date },
  now: Date,
  { share, keepsSteps }: { share: number; keepsSteps: boolean },
): RampStep[] | null {
  const current = shareOfTraffic({ ramp, rampFrom }, now);
  if (share < current) return null;
  const hours = hoursSince(rampFrom, now);
  const reached = ramp.filter(({ afterHours }) => afterHours <= hours);
  const ahead = ramp.filter((step) => keepsSteps && step.afterHours > hours && step.share > share);
  return [...reached, ...(share > current ? [{ afterHours: hours, share }] : []), ...ahead];
}

function hoursSince(from: Date, now: Date): number {
  return (now.getTime() - from.getTime()) / HOUR_MS;
}

/**
 * A place from 0 to 9,999, the same on every machine: the first 64 bits of the SHA-256 of `purpose:seed:unit` in UTF-8,
 * big-endian, modulo 10,000 (which favours no place by more than 10⁻¹⁵).
 */
export function bucketOf(purpose: 'group' | 'traffic' | 'variant', seed: string, unit: string): number {
  const digest = hash('sha256', `${purpose}:${seed}:${unit}`, 'buffer');
  return Number(digest.readBigUInt64BE(0) % BigInt(ALL));
}
