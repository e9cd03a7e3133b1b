import type { RequiredEntityData } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { RequestContext } from '@tutorgraph/kit/graphql/context';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { openGenerousRateLimiter } from '@tutorgraph/kit/testing/generous-limits';
import { startTestGraph, type TestGraph, type TestResult } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { expect } from 'vitest';
import { Cohort } from '../src/cohorts/cohort.entity.js';
import { Course, CourseModule, CourseVersion } from '../src/courses/course.entity.js';
import { Enrollment } from '../src/enrollments/enrollment.entity.js';
import { Lesson, LessonPrerequisite } from '../src/lessons/lesson.entity.js';
import { LessonProgress } from '../src/progress/lesson-progress.entity.js';
import { Student } from '../src/students/student.entity.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A course with one published version. */
export interface PlantedCourse {
  courseId: string;
  versionId: string;
  moduleIds: string[];
  /** In the order in which they are learned. */
  lessonIds: string[];
}

/** How a course is planted. */
export interface CourseOptions extends Partial<RequiredEntityData<Course>> {
  /** How many lessons each module has. @default [2, 2] */
  modules?: readonly number[];
  /** Each lesson is locked until the one before it is completed. @default false */
  chained?: boolean;
  /** Is its version published, so that nothing in it changes any more? @default true */
  published?: boolean;
  /** What single lessons have otherwise, by their place from 0. */
  lessons?: Readonly<Record<number, Partial<RequiredEntityData<Lesson>>>>;
}

/** A student with an account. */
export interface PlantedStudent {
  studentId: string;
  person: TestPerson;
}

/** What a mutation answers. */
export interface Outcome {
  payload: Record<string, unknown> | null;
  /** Codes of `userErrors`. */
  refused: string[];
  /** Codes of `errors`, each once. */
  codes: string[];
}

/** Learning with accounts beside it, and short ways to what its tests begin with: rows straight in the database. */
export class Learning {
  private constructor(readonly graph: TestGraph) {}

  /** @param settings of the rooms, besides those that every test has */
  static async open(settings: Record<string, string> = {}, rooms = ['accounts', 'learning']): Promise<Learning> {
    return new Learning(await startTestGraph(rooms, undefined, settings, openGenerousRateLimiter));
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  /** Learning's own view of the database: a fresh one each time. */
  get em(): EntityManager {
    const room = this.graph.rooms.get('learning');
    if (!room) throw new Error('Learning was not started');
    return room.orm.em.fork();
  }

  /** A request of somebody, for what is called without GraphQL. */
  as(person?: TestPerson): RequestContext {
    const { rights } = this.graph;
    const known = { isVerified: true, locale: 'en', issuedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER };
    return new RequestContext(
      person ? { kind: 'user', ...person, ...known } : { kind: 'anonymous' },
      this.em,
      { requestId: newId() },
      {
        localeOf: () => 'en',
        text: (_locale, key) => key,
        allows: (viewer, permission) => rights.allows(viewer, permission),
        resolvers: new Map(),
      },
      new AbortController().signal,
    );
  }

  run(query: string, variables: object = {}, person?: TestPerson): Promise<TestResult> {
    return this.graph.run('learning', query, variables, person);
  }

  /** Runs a query that must not fail and gives the first field's value. */
  async ask<Answer = Record<string, unknown>>(
    query: string,
    variables: object = {},
    person?: TestPerson,
  ): Promise<Answer> {
    const { data, errors } = await this.run(query, variables, person);
    if (errors) throw errors[0];
    return Object.values(data)[0] as Answer;
  }

  /** Runs a mutation by its name; its input type is called after it. */
  async mutate(field: string, input: object, person?: TestPerson, selection = ''): Promise<Outcome> {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code field message } } }`;
    const { data, codes } = await this.run(query, { input }, person);
    const payload = (data[field] ?? null) as Record<string, unknown> | null;
    const userErrors = (payload?.['userErrors'] ?? []) as { code: string }[];
    return { payload, refused: userErrors.map(({ code }) => code), codes: [...new Set(codes)] };
  }

  /** A course, published, OPEN unless said otherwise, in English, of two modules with two lessons of ten minutes each. */
  async course({
    modules = [2, 2],
    chained = false,
    lessons = {},
    published = true,
    ...change
  }: CourseOptions = {}): Promise<PlantedCourse> {
    const em = this.em;
    const at = new Date(Date.now() - 60 * DAY_MS);
    const id = newId();
    const course = em.create(Course, {
      id,
      slug: `course-${id}`,
      title: 'English for travellers',
      description: 'How to ask for the way, and to understand the answer.',
      language: 'en',
      enrollmentPolicy: 'OPEN',
      priceMinor: null,
      currency: null,
      lengthDays: 30,
      certificateRule: 'NONE',
      archivedAt: null,
      createdBy: null,
      createdAt: at,
      updatedAt: at,
      ...change,
    });
    const versionId = await this.version({ courseId: course.id, number: 1, status: 'DRAFT' }, em);
    const contents = await this.contents(em, versionId, modules, chained, lessons);
    if (published) await em.nativeUpdate(CourseVersion, { id: versionId }, { status: 'PUBLISHED', publishedAt: at });
    return { courseId: course.id, versionId, ...contents };
  }

  /** Another version of a course, without contents. */
  async version(
    { status, ...change }: Pick<RequiredEntityData<CourseVersion>, 'courseId' | 'number' | 'status'>,
    em = this.em,
  ): Promise<string> {
    const at = new Date(Date.now() - 60 * DAY_MS);
    const id = newId();
    const publishedAt = status === 'DRAFT' ? null : at;
    em.create(CourseVersion, { id, status, publishedAt, createdAt: at, updatedAt: at, ...change });
    await em.flush();
    return id;
  }

  private async contents(
    em: EntityManager,
    versionId: string,
    modules: readonly number[],
    chained: boolean,
    lessons: Readonly<Record<number, Partial<RequiredEntityData<Lesson>>>>,
  ): Promise<Pick<PlantedCourse, 'moduleIds' | 'lessonIds'>> {
    const moduleIds = modules.map(() => newId());
    const lessonIds: string[] = [];
    for (const [index, id] of moduleIds.entries()) {
      const position = index + 1;
      const title = `Module ${position}`;
      em.create(CourseModule, { id, versionId, lineageId: newId(), position, title, description: null });
      for (let place = 1; place <= (modules[index] ?? 0); place++) {
        const lesson = em.create(Lesson, {
          id: newId(),
          versionId,
          moduleId: id,
          lineageId: newId(),
          position: place,
          kind: 'TEXT',
          title: `Lesson ${position}.${place}`,
          body: 'Read this, then say it aloud.',
          videoUrl: null,
          minutes: 10,
          ...lessons[lessonIds.length],
        });
        lessonIds.push(lesson.id);
      }
    }
    await em.flush();
    if (chained) await this.chain(em, lessonIds);
    return { moduleIds, lessonIds };
  }

  private async chain(em: EntityManager, lessonIds: readonly string[]): Promise<void> {
    for (const [index, lessonId] of lessonIds.entries()) {
      const requiredId = lessonIds[index - 1];
      if (requiredId) em.create(LessonPrerequisite, { lessonId, requiredId });
    }
    await em.flush();
  }

  /** A cohort that began ten days ago, with a curator who is signed in. */
  async cohort(
    courseId: string,
    change: Partial<RequiredEntityData<Cohort>> = {},
  ): Promise<{ cohortId: string; curator: TestPerson }> {
    const em = this.em;
    const curator = await this.graph.person('CURATOR');
    const now = new Date();
    const { id } = em.create(Cohort, {
      id: newId(),
      courseId,
      title: 'Autumn',
      curatorId: curator.userId,
      startsOn: dayOf(new Date(now.getTime() - 10 * DAY_MS)),
      capacity: null,
      createdAt: now,
      updatedAt: now,
      ...change,
    });
    await em.flush();
    return { cohortId: id, curator };
  }

  /** A student with an account, signed in. */
  async student(change: Partial<RequiredEntityData<Student>> = {}): Promise<PlantedStudent> {
    const person = await this.graph.person('STUDENT');
    return { studentId: await this.plantStudent({ userId: person.userId, ...change }), person };
  }

  /** A student who has no account yet. */
  async unclaimed(email: string | null = null, change: Partial<RequiredEntityData<Student>> = {}): Promise<string> {
    return this.plantStudent({ userId: null, email, source: 'IMPORT', ...change });
  }

  private async plantStudent(change: Partial<RequiredEntityData<Student>>): Promise<string> {
    const em = this.em;
    const now = new Date();
    const { id } = em.create(Student, {
      id: newId(),
      userId: null,
      name: null,
      email: null,
      externalId: null,
      source: 'SELF',
      status: 'ACTIVE',
      lastActiveAt: null,
      createdAt: now,
      updatedAt: now,
      ...change,
    });
    await em.flush();
    return id;
  }

  /** Enrols a student, ten days ago, in the version that is published. */
  async enrollment(
    studentId: string,
    { courseId, versionId }: Pick<PlantedCourse, 'courseId' | 'versionId'>,
    change: Partial<RequiredEntityData<Enrollment>> = {},
  ): Promise<string> {
    const em = this.em;
    const enrolledAt = new Date(Date.now() - 10 * DAY_MS);
    const { status = 'ACTIVE' } = change;
    const { id } = em.create(Enrollment, {
      id: newId(),
      studentId,
      courseId,
      versionId,
      cohortId: null,
      status,
      source: 'SELF',
      paymentId: null,
      enrolledAt,
      startedAt: null,
      completedAt: status === 'COMPLETED' ? new Date() : null,
      droppedAt: status === 'DROPPED' ? new Date() : null,
      updatedAt: enrolledAt,
      ...change,
    });
    await em.flush();
    return id;
  }

  /** Lessons that were completed, as rows only: neither percent nor events. */
  async completed(enrollmentId: string, lessonIds: readonly string[], at = new Date()): Promise<void> {
    const em = this.em;
    for (const lessonId of lessonIds) {
      em.create(LessonProgress, { enrollmentId, lessonId, status: 'COMPLETED', startedAt: at, completedAt: at });
    }
    await em.flush();
  }

  /** A course, a cohort of it with its curator, and one student with an account who learns in it. */
  async classroom(options: CourseOptions = {}) {
    const course = await this.course(options);
    const cohort = await this.cohort(course.courseId);
    const student = await this.student();
    const enrollmentId = await this.enrollment(student.studentId, course, { cohortId: cohort.cohortId });
    return { ...course, ...cohort, ...student, enrollmentId };
  }

  /** Events of the room since it was started whose subject or data name this id, as `noun.verb`, in their order. */
  async told(id: string): Promise<string[]> {
    const rows = await this.sql<{ type: string }>(
      `select event ->> 'type' as type from learning.outbox
        where event ->> 'subject' = ? or event -> 'data' @> any (array[
          jsonb_build_object('studentId', ?::text), jsonb_build_object('courseId', ?::text)]) order by sequence`,
      [id, id, id],
    );
    return rows.map(({ type }) => type.split('.').slice(2, 4).join('.'));
  }

  /** Runs a job of learning now. */
  async runJob(name: string, payload: object = {}): Promise<void> {
    const job = this.graph.rooms.get('learning')?.parts.jobs?.find((one) => one.name === name);
    if (!job) throw new Error(`Learning has no job ${name}`);
    const { signal } = new AbortController();
    await job.handler(payload, { id: newId(), attempt: 1, signal, logger: silentLogger });
  }

  /** Waits until everything that happened is in the stream. */
  async published(): Promise<void> {
    const waiting = 'select count(*)::int as count from learning.outbox where position is null';
    await expect.poll(async () => (await this.sql<{ count: number }>(waiting))[0]?.count, { timeout: 20_000 }).toBe(0);
  }

  sql<Row extends object>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return this.em.execute<Row[]>(statement, values);
  }
}

/** A day in UTC, such as `2026-11-21`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** An id that nothing has. */
export const NOBODY = '01900000-0000-7000-8000-000000000000';
