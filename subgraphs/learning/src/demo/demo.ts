import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { DEMO_ID_PATTERN } from '@tutorgraph/kit/demo/demo-id';
import { insertRows, type RowSet, rowsOf } from '@tutorgraph/kit/demo/insert-rows';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RoomDemo } from '@tutorgraph/kit/room/demo';
import { Attempt, AttemptQuestion } from '../attempts/attempt.entity.js';
import { Cohort } from '../cohorts/cohort.entity.js';
import { Course, CourseModule, CourseVersion } from '../courses/course.entity.js';
import { Enrollment } from '../enrollments/enrollment.entity.js';
import { coursePublished } from '../events.js';
import { Homework } from '../homework/homework.entity.js';
import { HomeworkCheck } from '../homework-check/homework-check.entity.js';
import { CommentTemplate } from '../homework-review/comment-template.entity.js';
import { SubmissionAnnotation, SubmissionReview } from '../homework-review/review.entity.js';
import { addPublishedLessons } from '../knowledge/published-lessons.js';
import { Lesson, LessonPrerequisite } from '../lessons/lesson.entity.js';
import { LessonProgress } from '../progress/lesson-progress.entity.js';
import { Question, QuestionBank, QuestionRevision } from '../questions/question.entity.js';
import { computeDays } from '../reports/daily-metrics.repository.js';
import { dayBefore, dayOf } from '../reports/days.js';
import { ActivityDay } from '../students/activity-day.entity.js';
import { Student } from '../students/student.entity.js';
import { HomeworkAssignment, HomeworkExtension } from '../submissions/homework-assignment.entity.js';
import { HomeworkGrade } from '../submissions/homework-grade.entity.js';
import { Submission } from '../submissions/submission.entity.js';
import { Test, TestItem } from '../tests/test.entity.js';
import { certificateRows } from './certificates.js';
import { conversationRows } from './conversations.js';
import { readCommentTemplates, readCourses } from './course-files.js';
import { riskRows } from './demo-risk.js';
import { generateLearningDemo, type LearningRows } from './generate.js';
import { toldOf } from './told.js';
import { vocabularyRows } from './vocabulary.js';

const HISTORY_DAYS = 183;

/** What the demo's people learned, then what there was to learn: whoever else enrolled in it since loses it. */
const CLEARING = [
  'delete from learning.daily_metrics',
  'delete from learning.assistant_sessions where id::text like :demo or user_id::text like :demo',
  `delete from learning.enrollments where course_id::text like :demo
     or student_id in (select id from learning.students where id::text like :demo or user_id::text like :demo)`,
  'delete from learning.students where id::text like :demo or user_id::text like :demo',
  'delete from learning.course_versions where course_id::text like :demo',
  'delete from learning.courses where id::text like :demo',
  'delete from learning.homework_comment_templates where id::text like :demo',
].map((statement) => statement.replaceAll(':demo', `'${DEMO_ID_PATTERN}'`));

/** A school of three courses and forty students. */
export const demo: RoomDemo = {
  async isEmpty(em) {
    return (await em.count(Course)) === 0;
  },

  clear(em) {
    return transaction(em, async (tx) => {
      for (const statement of CLEARING) await tx.execute(statement);
    });
  },

  async load(em: EntityManager, { onProgress, ...options }) {
    const [files, templates] = await Promise.all([readCourses(), readCommentTemplates()]);
    const rows = generateLearningDemo({ ...options, files, templates });
    await insertRows(
      em,
      [
        ...tables(rows),
        certificateRows(options.seed),
        riskRows(options.seed, options.now),
        vocabularyRows(options.seed),
        conversationRows(options.seed, options.now),
      ],
      onProgress,
    );
    await addPublishedLessons(em);
    await addFigures(em, options.now);
    return toldOf(rows);
  },
};

/** Figures of the days of half a year, as the job would have counted them, and what the school costs. */
async function addFigures(em: EntityManager, now: Date): Promise<void> {
  const yesterday = dayBefore(dayOf(now), 1);
  const days = Array.from({ length: HISTORY_DAYS }, (_, index) => dayBefore(yesterday, index));
  await transaction(em, async (tx) => {
    await computeDays(tx, days, now);
    await tx.execute(
      `insert into learning.school_costs (id, currency, support_hour_minor, acquisition_minor, monthly_minor, updated_at)
       values (true, 'USD', 1200, 2500, 40000, ?) on conflict (id) do nothing`,
      [now],
    );
  });
}

function tables(rows: LearningRows): RowSet[] {
  return [
    rowsOf(Course, rows.courses),
    rowsOf(CourseVersion, rows.versions),
    rowsOf(CourseModule, rows.modules),
    rowsOf(Lesson, rows.lessons),
    rowsOf(LessonPrerequisite, rows.prerequisites),
    rowsOf(QuestionBank, rows.banks),
    rowsOf(Question, rows.questions),
    rowsOf(QuestionRevision, rows.revisions),
    rowsOf(Test, rows.tests),
    rowsOf(TestItem, rows.items),
    rowsOf(Homework, rows.homework),
    publish(rows),
    rowsOf(Cohort, rows.cohorts),
    rowsOf(Student, rows.students),
    rowsOf(Enrollment, rows.enrollments),
    rowsOf(LessonProgress, rows.progress),
    rowsOf(ActivityDay, rows.activityDays),
    rowsOf(Attempt, rows.attempts),
    rowsOf(AttemptQuestion, rows.attemptQuestions),
    rowsOf(HomeworkAssignment, rows.assignments),
    rowsOf(Submission, rows.submissions),
    rowsOf(HomeworkCheck, rows.checks),
    rowsOf(SubmissionReview, rows.reviews),
    rowsOf(HomeworkGrade, rows.grades),
    rowsOf(SubmissionAnnotation, rows.annotations),
    rowsOf(HomeworkExtension, rows.extensions),
    rowsOf(CommentTemplate, rows.templates),
  ];
}

/** Publishes what is complete by now (a version that is published takes nothing more), so that the assistant reads it, too. */
function publish({ published: { versions, at } }: LearningRows): RowSet {
  return {
    count: versions.length,
    insert: async (tx) => {
      const ids = versions.map(({ versionId }) => versionId);
      await tx.nativeUpdate(CourseVersion, { id: { $in: ids } }, { status: 'PUBLISHED', publishedAt: at });
      for (const { id, versionId } of versions) {
        recordEvent(tx, coursePublished.create({ subject: id, data: { versionId } }));
      }
    },
  };
}
