import type { RequiredEntityData } from '@mikro-orm/core';
import { FIXED_PEOPLE } from '@tutorgraph/kit/demo/fixed-people';
import type { Course, CourseModule, CourseVersion } from '../courses/course.entity.js';
import type { Homework } from '../homework/homework.entity.js';
import type { Lesson, LessonPrerequisite } from '../lessons/lesson.entity.js';
import type { Question, QuestionBank, QuestionRevision } from '../questions/question.entity.js';
import { contentOf, type NewQuestion, type QuestionContent } from '../questions/question.rules.js';
import type { Test, TestItem } from '../tests/test.entity.js';
import type { CourseFile, HomeworkFile, LessonFile, TestFile } from './course-files.js';
import type { DemoIds } from './demo-ids.js';

/** A question as attempts need it. */
interface DemoQuestion {
  revisionId: string;
  points: number;
  content: QuestionContent;
}

/** A test as attempts need it. */
export interface DemoTest extends Omit<TestFile, 'bank' | 'questions'> {
  id: string;
  questions: readonly DemoQuestion[];
}

/** A lesson as learners meet it. */
export interface DemoLesson {
  id: string;
  minutes: number;
  isOptional: boolean;
  test: DemoTest | null;
  homework: (HomeworkFile & { id: string }) | null;
}

/** A course as learners meet it. */
export interface DemoCourse {
  id: string;
  versionId: string;
  slug: string;
  /** In the order in which they are learned. */
  lessons: readonly DemoLesson[];
}

/** Rows of all courses, table by table. */
export interface CourseRows {
  courses: RequiredEntityData<Course>[];
  versions: RequiredEntityData<CourseVersion>[];
  modules: RequiredEntityData<CourseModule>[];
  lessons: RequiredEntityData<Lesson>[];
  prerequisites: RequiredEntityData<LessonPrerequisite>[];
  banks: RequiredEntityData<QuestionBank>[];
  questions: RequiredEntityData<Question>[];
  revisions: RequiredEntityData<QuestionRevision>[];
  tests: RequiredEntityData<Test>[];
  items: RequiredEntityData<TestItem>[];
  homework: RequiredEntityData<Homework>[];
}

const AUTHOR = FIXED_PEOPLE.SUPERVISOR.id;

/** Rows of courses, and what those who learn them need to know. The versions are drafts: see `publish` of demo.ts. */
export function courseRows(
  files: readonly CourseFile[],
  ids: DemoIds,
  at: Date,
): { rows: CourseRows; courses: DemoCourse[] } {
  const rows: CourseRows = {
    ...{ courses: [], versions: [], modules: [], lessons: [], prerequisites: [], banks: [], questions: [] },
    ...{ revisions: [], tests: [], items: [], homework: [] },
  };
  return { rows, courses: files.map((file) => new CourseBuilder(rows, ids, at).add(file)) };
}

class CourseBuilder {
  private readonly lessonIds = new Map<string, string>();

  constructor(
    private readonly rows: CourseRows,
    private readonly ids: DemoIds,
    private readonly at: Date,
  ) {}

  add({ modules, price, certificateScore, ...course }: CourseFile): DemoCourse {
    const [id, versionId] = [this.ids.next('course'), this.ids.next('version')];
    this.rows.courses.push({
      ...{ id, ...course, certificateScore: certificateScore ?? 0, archivedAt: null },
      ...{ priceMinor: price?.amountMinor ?? null, currency: price?.currency ?? null },
      ...{ createdBy: AUTHOR, createdAt: this.at, updatedAt: this.at },
    });
    const dates = { createdAt: this.at, updatedAt: this.at };
    this.rows.versions.push({ id: versionId, courseId: id, number: 1, status: 'DRAFT', publishedAt: null, ...dates });
    const lessons = modules.flatMap((module, index) => {
      const moduleId = this.ids.next('module');
      const { title, description } = module;
      this.rows.modules.push({ id: moduleId, versionId, lineageId: moduleId, position: index + 1, title, description });
      return module.lessons.map((lesson, place) =>
        this.lesson(id, { versionId, moduleId, position: place + 1 }, lesson),
      );
    });
    return { id, versionId, slug: course.slug, lessons };
  }

  private lesson(
    courseId: string,
    place: { versionId: string; moduleId: string; position: number },
    { file, kind, minutes, video, preview, optional, after, title, body, test, homework }: LessonFile,
  ): DemoLesson {
    const id = this.ids.next('lesson');
    this.lessonIds.set(file, id);
    this.rows.lessons.push({
      ...{ id, ...place, lineageId: id, kind, title, body, videoUrl: video, minutes },
      ...{ isPreview: preview, isOptional: optional },
    });
    for (const required of after) {
      this.rows.prerequisites.push({ lessonId: id, requiredId: this.lessonIds.get(required) ?? required });
    }
    return {
      ...{ id, minutes, isOptional: optional },
      test: test && this.test(courseId, id, test),
      homework: homework && this.homework(id, homework),
    };
  }

  private test(courseId: string, lessonId: string, { bank, questions, ...settings }: TestFile): DemoTest {
    const [id, bankId] = [this.ids.next('test'), this.ids.next('bank')];
    const dates = { createdAt: this.at, updatedAt: this.at };
    this.rows.banks.push({ id: bankId, courseId, title: bank, description: null, ...dates });
    this.rows.tests.push({
      ...{ id, lessonId, ...settings, counting: 'BEST', review: 'AFTER_PASSING' },
      ...{ shufflesQuestions: true, shufflesOptions: true, ...dates },
    });
    const asked = questions.map((question, index) => {
      const { questionId, ...made } = this.question(bankId, question);
      const item = { position: index + 1, questionId, bankId: null, tag: null, count: null };
      this.rows.items.push({ id: this.ids.next('test-item'), testId: id, ...item });
      return made;
    });
    return { id, ...settings, questions: asked };
  }

  private question(bankId: string, question: NewQuestion): DemoQuestion & { questionId: string } {
    const [questionId, revisionId] = [this.ids.next('question'), this.ids.next('revision')];
    const { kind, prompt, points, explanation, tags } = question;
    const content = contentOf(question, () => this.ids.unordered('choice'));
    const { at: createdAt } = this;
    this.rows.questions.push({
      ...{ id: questionId, bankId, tags, revision: 1, retiredAt: null, createdAt, updatedAt: createdAt },
    });
    this.rows.revisions.push({
      ...{ id: revisionId, questionId, number: 1, kind, prompt, points, explanation, content },
      ...{ createdBy: AUTHOR, createdAt },
    });
    return { questionId, revisionId, points, content };
  }

  private homework(lessonId: string, file: HomeworkFile): HomeworkFile & { id: string } {
    const id = this.ids.next('homework');
    const { samples: _, ...content } = file;
    this.rows.homework.push({ id, lessonId, lineageId: id, position: 1, ...content });
    return { id, ...file };
  }
}
