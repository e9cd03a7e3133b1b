import type { RequiredEntityData } from '@mikro-orm/core';
import { studentCount } from '@tutorgraph/kit/demo/population';
import { Random } from '@tutorgraph/kit/demo/random';
import type { Cohort } from '../cohorts/cohort.entity.js';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import type { CommentTemplate } from '../homework-review/comment-template.entity.js';
import type { ActivityDay } from '../students/activity-day.entity.js';
import type { Student } from '../students/student.entity.js';
import { DemoActivity } from './activity.js';
import type { CourseFile } from './course-files.js';
import { type CourseRows, courseRows, type DemoCourse } from './courses.js';
import { DemoIds } from './demo-ids.js';
import { Journey, type JourneyRows } from './journeys.js';
import { demoLearners, GROUPS, type Learner } from './learners.js';

const DAY_MS = 86_400_000;
const COURSES_ARE_DAYS_OLD = 210;
const SEATS = 12;
/** Into which group those go who thrive in the first one. */
const SECOND_GROUP = 3;

/** What to generate. The same options give the same data, ids included. */
export interface LearningDemoOptions {
  seed: number;
  tutors: number;
  orders: number;
  /** The moment that counts as today. */
  now: Date;
  files: readonly CourseFile[];
  /** What the school's curators say again and again. @default nothing */
  templates?: readonly { title: string; text: string }[];
}

/** Rows of all tables. */
export interface LearningRows extends CourseRows, JourneyRows {
  cohorts: RequiredEntityData<Cohort>[];
  students: RequiredEntityData<Student>[];
  activityDays: RequiredEntityData<ActivityDay>[];
  templates: RequiredEntityData<CommentTemplate>[];
  /** Which versions are published, and when. */
  published: { versions: readonly Pick<DemoCourse, 'id' | 'versionId'>[]; at: Date };
}

/** Makes up a school: three courses, five groups of the last six months, and forty students from thriving to lost. */
export function generateLearningDemo({
  seed,
  now,
  files,
  templates = [],
  ...amounts
}: LearningDemoOptions): LearningRows {
  const ids = new DemoIds(seed);
  const publishedAt = new Date(now.getTime() - COURSES_ARE_DAYS_OLD * DAY_MS);
  const { rows: contents, courses } = courseRows(files, ids, publishedAt);
  const rows: LearningRows = {
    ...contents,
    ...{ cohorts: [], students: [], enrollments: [], progress: [], attempts: [], attemptQuestions: [] },
    ...{
      assignments: [],
      submissions: [],
      checks: [],
      reviews: [],
      grades: [],
      annotations: [],
      extensions: [],
      activityDays: [],
    },
    templates: templates.map((one) => {
      return { id: ids.next('template'), ownerId: null, ...one, createdAt: publishedAt, updatedAt: publishedAt };
    }),
    published: { versions: courses, at: publishedAt },
  };
  const classes = GROUPS.map((group) => {
    const course = courses.find(({ slug }) => slug === group.slug);
    if (!course) throw new Error(`The demo has no course ${group.slug}`);
    const startsAt = new Date(now.getTime() - group.days * DAY_MS);
    const createdAt = new Date(startsAt.getTime() - 30 * DAY_MS);
    const cohortId = ids.next('cohort');
    rows.cohorts.push({
      ...{ id: cohortId, courseId: course.id, title: group.title, curatorId: group.curatorId, capacity: SEATS },
      ...{ startsOn: startsAt.toISOString().slice(0, 10), createdAt, updatedAt: createdAt },
    });
    return { course, startsAt, cohortId, curatorId: group.curatorId };
  });
  for (const [index, learner] of demoLearners(seed, studentCount(amounts), now).entries()) {
    new School(rows, ids, new Random('learning', seed, index), now).admit(learner, classes);
  }
  return rows;
}

interface SchoolClass {
  course: DemoCourse;
  startsAt: Date;
  cohortId: string;
  curatorId: string;
}

class School {
  private readonly activity = new DemoActivity();

  constructor(
    private readonly rows: LearningRows,
    private readonly ids: DemoIds,
    private readonly random: Random,
    private readonly now: Date,
  ) {}

  admit(learner: Learner, classes: readonly SchoolClass[]): void {
    const { group, habit, userId, name, accountName, email, externalId, source } = learner;
    const studentId = this.ids.next('student');
    const also = habit.name === 'thriving' && group === 0 ? [SECOND_GROUP] : [];
    const joined = [group, ...also].flatMap((place) => {
      const chosen = classes[place];
      return chosen ? [this.enrol(learner, studentId, chosen)] : [];
    });
    const first = joined.reduce((least, { enrolledAt }) => (enrolledAt < least ? enrolledAt : least), this.now);
    const lastActiveAt = this.activity.lastAt;
    this.rows.students.push({
      ...{ id: studentId, userId, name, accountName, email, externalId, source, lastActiveAt },
      status: statusOf(
        habit.name === 'slipping' || habit.name === 'lost',
        joined.map(({ status }) => status),
      ),
      ...{ createdAt: first, updatedAt: lastActiveAt ?? first },
    });
    this.rows.activityDays.push(...this.activity.rows(studentId, this.random, habit.skill));
  }

  private enrol({ habit, joinedAt, source }: Learner, studentId: string, { course, startsAt, ...cohort }: SchoolClass) {
    const soonest = Math.max(startsAt.getTime() + this.random.integer(-10, 1) * DAY_MS, joinedAt.getTime() + DAY_MS);
    // Who has just joined comes late.
    const enrolledAt = new Date(Math.min(soonest, this.now.getTime() - DAY_MS));
    const traveller = { studentId, habit, ...cohort, source, enrolledAt, now: this.now };
    const status = new Journey(this.rows, this.ids, this.random, this.activity, traveller).run(course);
    return { status, enrolledAt };
  }
}

/** How somebody stands, by the same rule as the room's. */
function statusOf(isAtRisk: boolean, enrollments: readonly Enrollment['status'][]): Student['status'] {
  if (enrollments.includes('ACTIVE')) return isAtRisk ? 'AT_RISK' : 'ACTIVE';
  return enrollments.every((status) => status === 'COMPLETED') ? 'COMPLETED' : 'DROPPED';
}
