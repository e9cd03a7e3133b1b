import { moneyRules } from '@tutorgraph/kit/graphql/money';
import { z } from 'zod';
import { longText, reference, text } from '../input.rules.js';

/** Where a version of a course stands: only a DRAFT changes, only one is PUBLISHED. */
export const courseVersionStatuses = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const;
/** @see courseVersionStatuses */
export type CourseVersionStatus = (typeof courseVersionStatuses)[number];

/** Who may enrol without staff. */
export const enrollmentPolicies = ['OPEN', 'PAID', 'CLOSED'] as const;
/** @see enrollmentPolicies */
export type EnrollmentPolicy = (typeof enrollmentPolicies)[number];

/** What earns a certificate. */
export const certificateRules = ['NONE', 'COMPLETION', 'COMPLETION_AND_SCORE'] as const;
/** @see certificateRules */
export type CertificateRule = (typeof certificateRules)[number];

/** In which languages courses are taught. */
export const courseLanguages = ['en', 'ru'] as const;
/** @see courseLanguages */
export type CourseLanguage = (typeof courseLanguages)[number];

/** Which courses there are. */
export const courseStates = ['PUBLISHED', 'UNPUBLISHED', 'ARCHIVED'] as const;
/** @see courseStates */
export type CourseState = (typeof courseStates)[number];

/** In which order courses can be listed. */
export const courseOrders = ['NEWEST', 'TITLE', 'SHORTEST'] as const;
/** @see courseOrders */
export type CourseOrder = (typeof courseOrders)[number];

/** Most modules of a version. */
export const MOST_MODULES = 100;

const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const title = text(1, 200);
const description = text(1, 10_000);
const lengthDays = z.number().int().min(1).max(730);
const certificateScore = z.number().int().min(0).max(100);

/** What a new course must look like. */
export const newCourse = z.object({
  slug,
  title,
  description,
  language: z.enum(courseLanguages),
  enrollmentPolicy: z.enum(enrollmentPolicies),
  price: moneyRules.nullish(),
  lengthDays,
  certificateRule: z.enum(certificateRules),
  certificateScore: certificateScore.nullish(),
});

/** What may be changed of a course; what is left out stays, and a price of null goes. */
export const courseChange = z.object({
  courseId: reference,
  slug: slug.nullish(),
  title: title.nullish(),
  description: description.nullish(),
  language: z.enum(courseLanguages).nullish(),
  enrollmentPolicy: z.enum(enrollmentPolicies).nullish(),
  price: moneyRules.nullish(),
  lengthDays: lengthDays.nullish(),
  certificateRule: z.enum(certificateRules).nullish(),
  certificateScore: certificateScore.nullish(),
});

/** Which course. */
export const courseReference = z.object({ courseId: reference });

const modulePosition = z.number().int().min(1);

/** What a new module must look like. */
export const newModule = z.object({
  versionId: reference,
  title,
  description: longText(2_000).nullish(),
  position: modulePosition.nullish(),
});

/** What may be changed of a module; what is left out stays. */
export const moduleChange = z.object({
  moduleId: reference,
  title: title.nullish(),
  description: longText(2_000).nullish(),
});

/** Where a module goes. */
export const moduleMove = z.object({ moduleId: reference, position: modulePosition });

/** Which module. */
export const moduleReference = z.object({ moduleId: reference });
