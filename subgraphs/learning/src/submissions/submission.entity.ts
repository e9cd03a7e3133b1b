import { defineEntity, p } from '@mikro-orm/core';
import { HomeworkAssignment } from './homework-assignment.entity.js';
import { type SubmissionStatus, submissionStatuses } from './submission.rules.js';

const SubmissionSchema = defineEntity({
  name: 'Submission',
  tableName: 'homework_submissions',
  indexes: [
    {
      name: 'homework_submissions_one_draft',
      expression: `create unique index homework_submissions_one_draft on learning.homework_submissions (assignment_id) where status = 'DRAFT'`,
    },
  ],
  uniques: [{ name: 'homework_submissions_version_unique', properties: ['assignmentId', 'version'] }],
  checks: [
    { name: 'homework_submissions_version_check', expression: `version > 0` },
    { name: 'homework_submissions_text_check', expression: `char_length(text) <= 20000` },
    { name: 'homework_submissions_draft_check', expression: `(status = 'DRAFT') = (submitted_at is null)` },
  ],
  properties: {
    id: p.uuid().primary(),
    assignmentId: () => p.manyToOne(HomeworkAssignment).mapToPk().fieldName('assignment_id').deleteRule('cascade'),
    /** 1, then one more each time that it was returned. */
    version: p.integer(),
    status: p.enum(submissionStatuses).$type<SubmissionStatus>(),
    /** Empty when there are only files, or once the student was erased. */
    text: p.text(),
    /** Files of the assignment, in their order. */
    fileIds: p.json<readonly string[]>(),
    submittedAt: p.datetime().columnType('timestamptz').nullable(),
    isLate: p.boolean().default(false),
    /** Grows with each change: who changes it says which one they have seen. */
    revision: p.integer().default(1),
    createdAt: p.datetime().columnType('timestamptz'),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});

/** What somebody made of their homework, once; each time that it is returned there may be another. */
export class Submission extends SubmissionSchema.class {}
SubmissionSchema.setClass(Submission);

const SubmissionFileSchema = defineEntity({
  name: 'SubmissionFile',
  tableName: 'homework_files',
  indexes: [
    { name: 'homework_files_of_assignment', properties: ['assignmentId'] },
    { name: 'homework_files_removed', properties: ['removedAt'], where: `removed_at is not null` },
  ],
  properties: {
    /** The upload that it was. */
    id: p.uuid().primary(),
    assignmentId: () => p.manyToOne(HomeworkAssignment).mapToPk().fieldName('assignment_id').deleteRule('cascade'),
    name: p.text(),
    contentType: p.text(),
    size: p.integer(),
    /** Where the file is in the storage. */
    key: p.text(),
    /** Since when nobody sees it any longer; a job removes the file, then the row. */
    removedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** A file of one student for one homework; several versions may show it. */
export class SubmissionFile extends SubmissionFileSchema.class {}
SubmissionFileSchema.setClass(SubmissionFile);
