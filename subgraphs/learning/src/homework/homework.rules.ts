import { z } from 'zod';
import { reference, text } from '../input.rules.js';

/** What a criterion looks at: the program can judge ACCURACY and LENGTH alone; CONTENT needs a model or a person. */
export const criterionAspects = ['CONTENT', 'ACCURACY', 'LENGTH'] as const;
/** @see criterionAspects */
export type CriterionAspect = (typeof criterionAspects)[number];

/** How well one may do in a criterion. */
export interface RubricLevel {
  points: number;
  description: string;
}

/** One thing that is looked at, and what it is worth. */
export interface RubricCriterion {
  /** Unique in its homework. */
  id: string;
  title: string;
  aspect: CriterionAspect;
  /** The most that it can give. */
  points: number;
  /** From the best down. */
  levels: readonly RubricLevel[];
}

/** For how many days homework waits unless it says otherwise. */
const DEFAULT_DUE_DAYS = 7;
/** What homework gives at most unless it says otherwise. */
const DEFAULT_MAX_SCORE = 100;
/** From which share of the most homework counts as passed, in percent, unless it says otherwise. */
const DEFAULT_PASS_PERCENT = 60;

const points = z.int().min(0).max(1_000);
const level = z.object({ points, description: text(1, 500) });
const criterion = z
  .object({
    title: text(1, 120),
    aspect: z.enum(criterionAspects),
    points: points.min(1),
    levels: z.array(level).min(2).max(6),
  })
  .refine(({ levels, points: most }) => levels[0]?.points === most && descends(levels), { path: ['levels'] });

const definition = z.object({
  title: text(1, 200),
  instructions: text(1, 20_000),
  dueDays: z
    .int()
    .min(1)
    .max(365)
    .nullish()
    .transform((days) => days ?? DEFAULT_DUE_DAYS),
  maxScore: points
    .min(1)
    .nullish()
    .transform((score) => score ?? DEFAULT_MAX_SCORE),
  passPercent: z
    .int()
    .min(1)
    .max(100)
    .nullish()
    .transform((percent) => percent ?? DEFAULT_PASS_PERCENT),
  minWords: z
    .int()
    .min(1)
    .max(3_000)
    .nullish()
    .transform((words) => words ?? null),
  isRequired: z.boolean(),
  checksEnglish: z.boolean(),
  rubric: z
    .array(criterion)
    .min(1)
    .max(12)
    .transform((list) => list.map((one, index): RubricCriterion => ({ id: `c${index + 1}`, ...one }))),
});

/** What homework is to be, whoever writes it. */
export type HomeworkContent = z.output<typeof definition>;

/** Homework as it is defined, in a lesson or anew. */
export const newHomework = consistent(definition.extend({ lessonId: reference }));
/** Homework that is to be otherwise. */
export const changedHomework = consistent(definition.extend({ homeworkId: reference }));
/** Which homework. */
export const whichHomework = z.object({ homeworkId: reference });
function consistent<Shape extends z.ZodType<HomeworkContent>>(schema: Shape): Shape {
  return schema
    .refine(({ rubric, maxScore }) => rubric.reduce((sum, one) => sum + one.points, 0) === maxScore, {
      path: ['maxScore'],
    })
    .refine(({ rubric, checksEnglish }) => checksEnglish || rubric.every(({ aspect }) => aspect !== 'ACCURACY'), {
      path: ['checksEnglish'],
    })
    .refine(({ rubric, minWords }) => minWords !== null || rubric.every(({ aspect }) => aspect !== 'LENGTH'), {
      path: ['minWords'],
    });
}

function descends(levels: readonly RubricLevel[]): boolean {
  return levels.every((one, index) => index === 0 || one.points < (levels[index - 1]?.points ?? 0));
}
