import { z } from 'zod';
import { lessonFormats, levels } from '../market/market.rules.js';
import { learningStyles } from '../ranking/wish.js';
import { candidateSources } from './candidate.js';
import { degradedParts } from './degraded.js';
import { relaxations } from './hard-filter.js';
import type { RankedList } from './recommend.js';

const moment = z.number().transform((ms) => new Date(ms));
const known = z.number().nullable();

const facts = z.object({
  tutorId: z.string(),
  userId: z.string(),
  levels: z.array(z.enum(levels)),
  rateMinor: z.number(),
  currency: z.string(),
  city: z.string().nullable(),
  languages: z.array(z.string()),
  formats: z.array(z.enum(lessonFormats)),
  hours: z.string().nullable(),
  subjectCount: z.number(),
  subjectLessons: z.number(),
  experienceYears: z.number(),
  verified: z.boolean(),
  reviewCount: z.number(),
  rating: known,
  applicationCount: z.number(),
  chosenCount: z.number(),
  responseMinutes: known,
  studentCount: z.number(),
  returningCount: z.number(),
  bookingCount: z.number(),
  letDownCount: z.number(),
  recentLessons: z.number(),
  upcomingLessons: z.number(),
  createdAt: moment,
  lastActiveAt: moment,
  similarity: known,
  collaborative: known,
  lessonsTogether: z.number(),
  distanceKm: known,
  styles: z.partialRecord(z.enum(learningStyles), z.number()).nullable(),
  sentiment: known,
});

const tutor = z.object({
  tutorId: z.string(),
  facts,
  // JSON has no NaN.
  row: z.array(known.transform((value) => value ?? Number.NaN)),
  score: z.number(),
  match: z.number(),
  chance: z.number(),
  sources: z.array(z.enum(candidateSources)),
  steps: z.number(),
  standing: z.number(),
  explored: z.boolean(),
});

/** A list as it is kept between requests: JSON. */
export const storedList = z.object({
  id: z.string(),
  model: z.object({ id: z.string(), version: z.number() }),
  embeddingModel: z.string().nullable(),
  subject: z.object({ medianRateMinor: known, meanRating: z.number() }),
  degraded: z.array(z.enum(degradedParts)),
  relaxed: z.array(z.enum(relaxations)),
  tutors: z.array(tutor),
  candidateCount: z.number(),
  computedAt: moment,
});

/** A list as JSON. */
export function toStored(list: RankedList): z.input<typeof storedList> {
  return {
    ...list,
    degraded: [...list.degraded],
    relaxed: [...list.relaxed],
    computedAt: list.computedAt.getTime(),
    tutors: list.tutors.map((one) => ({
      ...one,
      sources: [...one.sources],
      row: one.row.map((value) => (Number.isNaN(value) ? null : value)),
      facts: {
        ...one.facts,
        levels: [...one.facts.levels],
        languages: [...one.facts.languages],
        formats: [...one.facts.formats],
        createdAt: one.facts.createdAt.getTime(),
        lastActiveAt: one.facts.lastActiveAt.getTime(),
      },
    })),
  };
}
