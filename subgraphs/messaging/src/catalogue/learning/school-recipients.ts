import type { Ask } from '../../facts/ask.js';
import { courseTitle, curatorsOf, learnerOf } from '../../facts/school.js';
import type { TargetKind } from '../../notifications/notification.rules.js';
import { anna, named } from '../names.js';
import type { Recipient } from '../notification-type.js';
import type { Values } from '../values.js';

/** Who has the students of nobody. */
const SEES_ALL = 'learning.students.read';

/** Whom an event of the school concerns. */
interface About {
  userId: string | null;
  courseId: string;
  cohortId: string | null;
}

/** Where a notification leads. */
interface Target {
  kind: TargetKind;
  id: string;
}

/** Values of an ordinary course, for samples. */
export const sampleCourse: Values = { course: 'English for travellers' };
/** The same with who learns it. */
export const sampleLearner: Values = { ...sampleCourse, ...named('student', anna) };

/** Tells a student with an account something about a course of theirs. */
export async function toStudent(
  ask: Ask,
  { userId, courseId }: About,
  target: Target,
  values: Values = {},
): Promise<Recipient[]> {
  const [student, course] = [await learnerOf(ask, userId), await courseTitle(ask, courseId)];
  return student && course !== null ? [{ userId: student.id, values: { course, ...values }, target }] : [];
}

/** Tells whoever looks after a student something about them. */
export async function toCurators(
  ask: Ask,
  { userId, courseId, cohortId }: About,
  target: Target,
  values: Values = {},
): Promise<Recipient[]> {
  const [student, course] = [await learnerOf(ask, userId), await courseTitle(ask, courseId)];
  if (!student || course === null) return [];
  const told = await curatorsOf(ask, cohortId, SEES_ALL);
  return told
    .filter((curatorId) => curatorId !== student.id)
    .map((curatorId) => ({ userId: curatorId, values: { course, ...named('student', student), ...values }, target }));
}
