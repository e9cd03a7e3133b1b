import { defineEntity, type PrimaryKeyProp, p } from '@mikro-orm/core';
import { CourseModule, CourseVersion } from '../courses/course.entity.js';
import { type LessonKind, LONGEST_BODY, lessonKinds, MOST_LESSONS } from './lesson.rules.js';

const LessonSchema = defineEntity({
  name: 'Lesson',
  tableName: 'lessons',
  indexes: [
    { name: 'lessons_of_lineage', properties: ['lineageId'] },
    { name: 'lessons_search', expression: 'create index lessons_search on learning.lessons using gin (document)' },
  ],
  uniques: [
    { name: 'lessons_position_unique', properties: ['moduleId', 'position'], deferMode: 'deferred' },
    { name: 'lessons_lineage_unique', properties: ['versionId', 'lineageId'] },
  ],
  checks: [
    { name: 'lessons_minutes_check', expression: `minutes between 1 and 600` },
    { name: 'lessons_video_check', expression: `(kind = 'VIDEO') = (video_url is not null)` },
    { name: 'lessons_address_check', expression: `video_url ~ '^https?://'` },
    { name: 'lessons_position_check', expression: `position between 1 and ${MOST_LESSONS}` },
    {
      name: 'lessons_text_check',
      expression: `length(title) between 1 and 200 and octet_length(body) <= ${LONGEST_BODY}`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    versionId: () => p.manyToOne(CourseVersion).mapToPk().fieldName('version_id').deleteRule('cascade'),
    moduleId: () => p.manyToOne(CourseModule).mapToPk().fieldName('module_id').deleteRule('cascade'),
    /** The same in every version of the course. */
    lineageId: p.uuid(),
    /** 1, 2, … within the module. */
    position: p.integer(),
    kind: p.enum(lessonKinds).$type<LessonKind>(),
    title: p.text(),
    /** Markdown; of a video, what is said in it. */
    body: p.text(),
    videoUrl: p.text().nullable(),
    /** How long it takes, about. */
    minutes: p.integer(),
    /** Anybody may see it before they enrol. */
    isPreview: p.boolean().default(false),
    /** May it be left out on the way to completing the course? */
    isOptional: p.boolean().default(false),
    /** Its words, for search. */
    document: p
      .string()
      .columnType('tsvector')
      .generated(`(to_tsvector('russian'::regconfig, title || ' ' || body)) stored`)
      .nullable()
      .lazy(),
  },
});

/** One step of a course, in one of its versions. */
export class Lesson extends LessonSchema.class {}
LessonSchema.setClass(Lesson);

const LessonPrerequisiteSchema = defineEntity({
  name: 'LessonPrerequisite',
  tableName: 'lesson_prerequisites',
  indexes: [{ name: 'lesson_prerequisites_of_required', properties: ['requiredId'] }],
  checks: [{ name: 'lesson_prerequisites_self_check', expression: `lesson_id <> required_id` }],
  properties: {
    lessonId: () => p.manyToOne(Lesson).mapToPk().fieldName('lesson_id').deleteRule('cascade').primary(),
    requiredId: () => p.manyToOne(Lesson).mapToPk().fieldName('required_id').deleteRule('cascade').primary(),
  },
});

/** A lesson is locked until another one of its version is completed. */
export class LessonPrerequisite extends LessonPrerequisiteSchema.class {
  declare [PrimaryKeyProp]?: ['lessonId', 'requiredId'];
}
LessonPrerequisiteSchema.setClass(LessonPrerequisite);
