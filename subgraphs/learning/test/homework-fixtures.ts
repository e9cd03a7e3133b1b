import type { RequiredEntityData } from '@mikro-orm/core';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import { Enrollment } from '../src/enrollments/enrollment.entity.js';
import { Homework } from '../src/homework/homework.entity.js';
import type { CriterionAspect, RubricCriterion } from '../src/homework/homework.rules.js';
import { assignHomework } from '../src/homework/homework-duty.js';
import { type CourseOptions, Learning, type PlantedStudent } from './learning-fixtures.js';

const criterion = (id: string, aspect: CriterionAspect, points: number): RubricCriterion => ({
  ...{ id, aspect, points, title: aspect.toLowerCase() },
  levels: [
    { points, description: 'All of it' },
    { points: 0, description: 'Nothing of it' },
  ],
});

/** A rubric that takes understanding. */
const CONTENT_RUBRIC = [criterion('c1', 'CONTENT', 50), criterion('c2', 'ACCURACY', 40), criterion('c3', 'LENGTH', 10)];
/** A rubric that the program can judge alone. */
export const COUNTED_RUBRIC = [criterion('c1', 'ACCURACY', 80), criterion('c2', 'LENGTH', 20)];

/** Something of at least forty words without a mistake. */
export const GOOD_TEXT = `Last summer I went to Kazan with my sister. We visited the Kremlin and ate a lot of sweet things there.
The weather was hot, so we swam in the Volga every day. I want to go there again because the people were very kind.`;

export const SUBMISSION =
  'id version status text isLate revision submittedAt files { id name url } assignment { id status score }';

/** A submission as mutations give it. */
export interface MadeSubmission {
  id: string;
  version: number;
  status: string;
  text: string;
  isLate: boolean;
  revision: number;
  files: { id: string; name: string; url: string }[];
  assignment: { id: string; status: string; score: number | null };
}

/** A class that has homework, with its curator and a student who has begun the lesson. */
export interface HomeworkClass extends PlantedStudent {
  courseId: string;
  versionId: string;
  lessonIds: string[];
  cohortId: string;
  curator: TestPerson;
  enrollmentId: string;
  homeworkId: string;
  assignmentId: string;
}

/** Learning with homework in it, and short ways to what its tests begin with. */
export class HomeworkSchool {
  private constructor(readonly learning: Learning) {}

  static async open(settings: Record<string, string> = {}): Promise<HomeworkSchool> {
    return new HomeworkSchool(await Learning.open(settings));
  }

  close(): Promise<void> {
    return this.learning.close();
  }

  /** Homework of the first lesson, in which a student of a cohort learns. */
  async classroom(
    change: Partial<RequiredEntityData<Homework>> = {},
    options: CourseOptions = {},
  ): Promise<HomeworkClass> {
    const { learning } = this;
    const course = await learning.course({ published: false, ...options });
    const homeworkId = await this.homework(course.lessonIds[0] ?? '', change);
    await learning.sql(`update learning.course_versions set status = 'PUBLISHED', published_at = now() where id = ?`, [
      course.versionId,
    ]);
    const cohort = await learning.cohort(course.courseId);
    return { ...course, ...cohort, homeworkId, ...(await this.member(course, cohort.cohortId)) };
  }

  /** Somebody else who learns in a class, and has begun its first lesson. */
  async member(
    course: Pick<HomeworkClass, 'courseId' | 'versionId' | 'lessonIds'>,
    cohortId: string | null,
  ): Promise<PlantedStudent & { enrollmentId: string; assignmentId: string }> {
    const { learning } = this;
    const student = await learning.student();
    const enrollmentId = await learning.enrollment(student.studentId, course, { cohortId });
    const [assignmentId = ''] = await this.begins(enrollmentId, course.lessonIds[0] ?? '');
    return { ...student, enrollmentId, assignmentId };
  }

  /** Homework as a row; in a draft. */
  async homework(lessonId: string, change: Partial<RequiredEntityData<Homework>> = {}): Promise<string> {
    const em = this.learning.em;
    const { id } = em.create(Homework, {
      id: newId(),
      lessonId,
      lineageId: newId(),
      position: 1,
      title: 'My last trip',
      instructions: 'Write about a trip that you remember.',
      dueDays: 7,
      maxScore: 100,
      passPercent: 60,
      minWords: 40,
      rubric: CONTENT_RUBRIC,
      isRequired: true,
      // Most tests are not about English, and loading its checker takes seconds.
      checksEnglish: false,
      ...change,
    });
    await em.flush();
    return id;
  }

  /** Somebody begins a lesson. @returns ids of the homework that waits for them there */
  async begins(enrollmentId: string, lessonId: string, at = new Date()): Promise<string[]> {
    await transaction(this.learning.em, async (tx) => {
      const enrollment = await tx.findOneOrFail(Enrollment, { id: enrollmentId });
      await assignHomework(tx, enrollment, { id: lessonId }, at);
    });
    const rows = await this.learning.sql<{ id: string }>(
      `select a.id from learning.homework_assignments a join learning.homework h on h.id = a.homework_id
        where a.enrollment_id = ? and h.lesson_id = ? order by h.position`,
      [enrollmentId, lessonId],
    );
    return rows.map(({ id }) => id);
  }

  /** Hands in homework that must be taken. */
  async submits(
    { assignmentId, person }: { assignmentId: string; person: TestPerson },
    text: string = GOOD_TEXT,
    change: object = {},
  ): Promise<MadeSubmission> {
    return this.made('submitHomework', { assignmentId, text, ...change }, person);
  }

  /** Runs a mutation of submissions that must succeed. */
  async made(field: string, input: object, person: TestPerson): Promise<MadeSubmission> {
    const outcome = await this.learning.mutate(field, input, person, `submission { ${SUBMISSION} }`);
    const { payload, refused, codes } = outcome;
    if (!payload?.['submission']) throw new Error(`${field} was refused: ${JSON.stringify([payload, refused, codes])}`);
    return payload['submission'] as MadeSubmission;
  }

  /** Checks a submission now, besides the check that runs by itself. */
  async checks(submissionId: string): Promise<void> {
    await this.learning.runJob('check-homework', { submissionId, language: 'en' });
  }

  /** Hands in homework and waits until it was checked. */
  async checked(
    student: { assignmentId: string; person: TestPerson },
    text?: string,
    change?: object,
    timeout = 25_000,
  ) {
    const { id } = await this.submits(student, text, change);
    const now = () => this.submission(id, student.person) as Promise<MadeSubmission | null>;
    await expect.poll(async () => (await now())?.status, { timeout, interval: 20 }).not.toBe('SUBMITTED');
    const found = await now();
    if (!found) throw new Error('The submission is gone');
    return found;
  }

  /** A curator's review. */
  review({ id, revision }: MadeSubmission, change: object = {}): object {
    const scores = CONTENT_RUBRIC.map(({ id: criterionId, points }) => ({ criterionId, score: points - 2 }));
    return { submissionId: id, expectedRevision: revision, decision: 'ACCEPT', scores, ...change };
  }

  /** A submission as somebody sees it. */
  submission(id: string, person: TestPerson | undefined, selection: string = SUBMISSION) {
    return this.learning.ask<Record<string, unknown> | null>(
      `query ($id: ID!) { submission(id: $id) { ${selection} } }`,
      { id },
      person,
    );
  }
}
