import { defineEntity, p } from '@mikro-orm/core';
import { Submission } from './submission.entity.js';

/** Who gave a score. */
export const gradeSources = ['AI', 'CURATOR'] as const;
/** @see gradeSources */
export type GradeSource = (typeof gradeSources)[number];

const HomeworkGradeSchema = defineEntity({
  name: 'HomeworkGrade',
  tableName: 'homework_grades',
  indexes: [{ name: 'homework_grades_of_submission', properties: ['submissionId', 'gradedAt', 'id'] }],
  triggers: [
    {
      name: 'homework_grades_append_only',
      timing: 'before',
      events: ['update', 'delete'],
      forEach: 'row',
      // Who is erased is nobody here, too; and a grade goes when its submission has gone.
      body: `if tg_op = 'DELETE' and not exists (select from learning.homework_submissions where id = old.submission_id) then return old; end if;
if tg_op = 'UPDATE' and new.graded_by is null and to_jsonb(new) - 'graded_by' = to_jsonb(old) - 'graded_by' then return new; end if;
raise exception 'Grades are append-only' using errcode = 'insufficient_privilege';`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    submissionId: () => p.manyToOne(Submission).mapToPk().fieldName('submission_id').deleteRule('cascade'),
    source: p.enum(gradeSources).$type<GradeSource>(),
    score: p.integer(),
    maxScore: p.integer(),
    /** The curator's account; null for the check, and once the curator is erased. */
    gradedBy: p.uuid().nullable(),
    gradedAt: p.datetime().columnType('timestamptz'),
  },
});

/** A score as it was given. The database refuses to change or remove it; it holds no words. */
export class HomeworkGrade extends HomeworkGradeSchema.class {}
HomeworkGradeSchema.setClass(HomeworkGrade);
