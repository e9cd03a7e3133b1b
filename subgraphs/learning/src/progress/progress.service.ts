import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Enrollment } from '../enrollments/enrollment.entity.js';
import { enrollmentsOfStudent } from '../enrollments/enrollment.repository.js';
import type { Student } from '../students/student.entity.js';
import type { StudentAccess } from '../students/student-access.js';
import { type LessonStanding, lessonStandings, type Standing, standings } from './progress.repository.js';
import { type Pace, paceOf } from './schedule.rules.js';

/** The lessons of one module of what somebody learns. */
export interface ModuleStanding {
  moduleId: string;
  percent: number;
  completedLessons: number;
  totalLessons: number;
  lessons: LessonStanding[];
}

/** How far a student has come. */
export interface StudentStanding {
  student: Student;
  percent: number;
  completedLessons: number;
  totalLessons: number;
  isBehindSchedule: boolean;
  lastActiveAt: Date | null;
  enrollments: Enrollment[];
}

/** How far students have come. */
export class ProgressService {
  constructor(private readonly access: StudentAccess) {}

  /** How far a student has come, in one course or in all; null when there is none whom the viewer may see. */
  async ofStudent(context: RequestContext, id: string, courseId?: string | null): Promise<StudentStanding | null> {
    const student = await this.access.seen(context, id);
    return student && this.of(context, student, courseId);
  }

  /** The same of a student whom the viewer may see. */
  async of(context: RequestContext, student: Student, courseId?: string | null): Promise<StudentStanding> {
    const all = await context.loader(enrollmentsOfStudent).load(student.id);
    const enrollments = courseId ? all.filter((enrollment) => enrollment.courseId === courseId) : all;
    const going = enrollments.filter(({ status }) => status !== 'DROPPED');
    const facts = await Promise.all(going.map((enrollment) => this.standing(context, enrollment)));
    const paces = await Promise.all(going.map((enrollment) => this.pace(context, enrollment)));
    const totalLessons = facts.reduce((sum, { required }) => sum + required, 0);
    const completedLessons = facts.reduce((sum, { done }) => sum + done, 0);
    return {
      student,
      percent: percentOf(completedLessons, totalLessons),
      completedLessons,
      totalLessons,
      isBehindSchedule: paces.some(({ lessonsBehind }) => lessonsBehind > 0),
      lastActiveAt: student.lastActiveAt ?? null,
      enrollments,
    };
  }

  /** How somebody keeps up with what is planned. */
  async pace(context: RequestContext, enrollment: Enrollment): Promise<Pace> {
    const { startsOn, lengthDays, required, done } = await this.standing(context, enrollment);
    const { status, enrolledAt } = enrollment;
    return paceOf({ status, enrolledAt, startsOn, lengthDays, required, done }, new Date());
  }

  /** How far an enrolment has come. */
  async standing(context: RequestContext, { id }: Enrollment): Promise<Standing> {
    const found = await context.loader(standings).load(id);
    return found ?? { startsOn: null, lengthDays: 1, required: 0, done: 0, currentLessonId: null };
  }

  /** Every module of what somebody learns, with its lessons. */
  async modules(context: RequestContext, { id }: Enrollment): Promise<ModuleStanding[]> {
    const lessons = await context.loader(lessonStandings).load(id);
    return [...Map.groupBy(lessons, ({ moduleId }) => moduleId)].map(([moduleId, own]) =>
      moduleStanding(moduleId, own),
    );
  }
}

function moduleStanding(moduleId: string, lessons: LessonStanding[]): ModuleStanding {
  const isDone = ({ status }: LessonStanding): boolean => status === 'COMPLETED';
  const needed = lessons.filter(({ isOptional }) => !isOptional);
  const counted = needed.length > 0 ? needed : lessons;
  return {
    moduleId,
    percent: percentOf(counted.filter(isDone).length, counted.length),
    completedLessons: lessons.filter(isDone).length,
    totalLessons: lessons.length,
    lessons,
  };
}

function percentOf(done: number, of: number): number {
  return of === 0 ? 0 : Math.floor((done * 100) / of);
}
