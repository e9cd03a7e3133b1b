import { defineEntity, p } from '@mikro-orm/core';
import {
  type CertificateRule,
  type CourseVersionStatus,
  certificateRules,
  courseVersionStatuses,
  type EnrollmentPolicy,
  enrollmentPolicies,
  MOST_MODULES,
} from './course.rules.js';

const CourseSchema = defineEntity({
  name: 'Course',
  tableName: 'courses',
  indexes: [
    { name: 'courses_newest', properties: ['createdAt', 'id'] },
    { name: 'courses_search', expression: 'create index courses_search on learning.courses using gin (document)' },
  ],
  uniques: [{ name: 'courses_slug_unique', properties: ['slug'] }],
  checks: [
    { name: 'courses_slug_check', expression: `slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80` },
    {
      name: 'courses_price_check',
      expression: `(price_minor is null) = (currency is null) and (price_minor is null or price_minor > 0) and (currency is null or currency ~ '^[A-Z]{3}$')`,
    },
    { name: 'courses_paid_check', expression: `enrollment_policy <> 'PAID' or price_minor is not null` },
    { name: 'courses_length_check', expression: `length_days between 1 and 730` },
    { name: 'courses_score_check', expression: `certificate_score between 0 and 100` },
    { name: 'courses_language_check', expression: `language in ('en', 'ru')` },
    { name: 'courses_text_check', expression: `length(title) between 1 and 200 and length(description) <= 10000` },
  ],
  properties: {
    id: p.uuid().primary(),
    /** In addresses: lower-case words with hyphens. */
    slug: p.text(),
    title: p.text(),
    description: p.text(),
    /** The language in which it is taught: `en` or `ru`. */
    language: p.text(),
    enrollmentPolicy: p.enum(enrollmentPolicies).$type<EnrollmentPolicy>(),
    priceMinor: p.bigint('number').nullable(),
    currency: p.text().nullable(),
    /** For how many days it is planned; what is expected by now is counted from this. */
    lengthDays: p.integer(),
    certificateRule: p.enum(certificateRules).$type<CertificateRule>(),
    /** With COMPLETION_AND_SCORE: the least mean score, in percent. */
    certificateScore: p.integer().default(0),
    /** Nobody enrols any more; who learns goes on. */
    archivedAt: p.datetime().columnType('timestamptz').nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
    /** Its words, for search. */
    document: p
      .string()
      .columnType('tsvector')
      .generated(`(to_tsvector('russian'::regconfig, title || ' ' || description)) stored`)
      .nullable()
      .lazy(),
  },
});

/** Something that the school teaches. */
export class Course extends CourseSchema.class {}
CourseSchema.setClass(Course);

const CourseVersionSchema = defineEntity({
  name: 'CourseVersion',
  tableName: 'course_versions',
  indexes: [
    {
      name: 'course_versions_one_draft',
      expression: `create unique index course_versions_one_draft on learning.course_versions (course_id) where status = 'DRAFT'`,
    },
    {
      name: 'course_versions_one_published',
      expression: `create unique index course_versions_one_published on learning.course_versions (course_id) where status = 'PUBLISHED'`,
    },
  ],
  uniques: [{ name: 'course_versions_number_unique', properties: ['courseId', 'number'] }],
  checks: [{ name: 'course_versions_publishing_check', expression: `(status = 'DRAFT') = (published_at is null)` }],
  properties: {
    id: p.uuid().primary(),
    courseId: () => p.manyToOne(Course).mapToPk().fieldName('course_id').deleteRule('cascade'),
    /** 1, 2, … within the course. */
    number: p.integer(),
    status: p.enum(courseVersionStatuses).$type<CourseVersionStatus>(),
    publishedAt: p.datetime().columnType('timestamptz').nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What a course consists of. Once published nothing in it changes: who has begun it keeps it. */
export class CourseVersion extends CourseVersionSchema.class {}
CourseVersionSchema.setClass(CourseVersion);

const CourseModuleSchema = defineEntity({
  name: 'CourseModule',
  tableName: 'course_modules',
  uniques: [
    {
      name: 'course_modules_position_unique',
      properties: ['versionId', 'position'],
      deferMode: 'deferred',
    },
    { name: 'course_modules_lineage_unique', properties: ['versionId', 'lineageId'] },
  ],
  checks: [
    { name: 'course_modules_position_check', expression: `position between 1 and ${MOST_MODULES}` },
    {
      name: 'course_modules_text_check',
      expression: `length(title) between 1 and 200 and length(description) <= 2000`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    versionId: () => p.manyToOne(CourseVersion).mapToPk().fieldName('version_id').deleteRule('cascade'),
    /** The same in every version of the course. */
    lineageId: p.uuid(),
    /** 1, 2, … within the version. */
    position: p.integer(),
    title: p.text(),
    description: p.text().nullable(),
  },
});

/** Lessons of a course that belong together. */
export class CourseModule extends CourseModuleSchema.class {}
CourseModuleSchema.setClass(CourseModule);
