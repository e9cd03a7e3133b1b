import { type Level, levels } from '../market/market.rules.js';
import { hoursOverlap, type TutorFacts } from '../ranking/features.js';
import type { Wish } from '../ranking/wish.js';

/** How well a tutor fits in each respect, 0 to 1; null where nothing was asked or is known. */
export interface CompatibilityParts {
  subject: number | null;
  price: number | null;
  schedule: number | null;
  style: number | null;
  level: number | null;
}

/** So many completed lessons in the subject are as good as more. */
const MANY_LESSONS = 50;
/** Whoever teaches the subject has so much of it; experience and the texts make the rest. */
const TEACHES = 0.5;
/** Texts that are so near are as near as texts of a profile and of a wish ever are. */
const NEAREST = 0.4;
/** At so many times the budget nothing of the price fits. */
const TOO_DEAR = 2;
/** A level beside one that is taught. */
const NEIGHBOUR = 0.5;

/** How well a tutor fits a wish. */
export function compatibility(facts: TutorFacts, wish: Wish): CompatibilityParts {
  return {
    subject: subjectFit(facts),
    price: priceFit(facts, wish),
    schedule: known(hoursOverlap(facts.hours, wish.hours)),
    style: wish.style === null || facts.styles === null ? null : within(facts.styles[wish.style] ?? 0),
    level: levelFit(facts.levels, wish.level),
  };
}

function subjectFit({ subjectLessons, similarity }: TutorFacts): number {
  const experience = Math.min(1, Math.log1p(subjectLessons) / Math.log1p(MANY_LESSONS));
  const nearness = similarity === null ? null : within(similarity / NEAREST);
  const rest = nearness === null ? experience : (experience + nearness) / 2;
  return TEACHES + (1 - TEACHES) * rest;
}

/** 1 within the budget; above it, it falls evenly with the ratio; below what was thought of, too, half as fast. */
function priceFit({ rateMinor, currency }: TutorFacts, wish: Wish): number | null {
  const { budgetMinor, budgetFromMinor = null } = wish;
  if (budgetMinor === null || budgetMinor <= 0 || currency !== wish.currency) return null;
  if (rateMinor > budgetMinor) return within(1 - Math.log(rateMinor / budgetMinor) / Math.log(TOO_DEAR));
  if (budgetFromMinor === null || rateMinor >= budgetFromMinor) return 1;
  return within(1 - Math.log(budgetFromMinor / rateMinor) / Math.log(TOO_DEAR) / 2);
}

/** Levels follow one another but for the exam, which everybody who teaches at school or university is near to. */
function levelFit(taught: readonly Level[], wanted: Level): number {
  if (taught.includes(wanted)) return 1;
  const places = taught.map((level) => Math.abs(levels.indexOf(level) - levels.indexOf(wanted)));
  return Math.min(...places) === 1 ? NEIGHBOUR : 0;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value));
}
