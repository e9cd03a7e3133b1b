import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { database } from './account-fixtures.js';
import { made } from './made.js';

const LEVELS = [
  { points: 100, description: 'All of it' },
  { points: 0, description: 'Nothing of it' },
];

/** People learn in the school, and write all that one can write there: everything by which they could be known. */
export async function study(graph: TestGraph, learners: readonly (readonly [TestPerson, string])[]): Promise<void> {
  const admin = await graph.person('ADMIN');
  const make = (field: string, input: object, person: TestPerson, name: string) =>
    made(graph, field, input, person, name, 'learning');
  const [courseId, lessonId] = await publish(graph, make, admin);
  for (const [learner, text] of learners) {
    const enrollmentId = await make('enroll', { courseId }, learner, 'enrollment');
    await make('startLesson', { lessonId }, learner, 'lesson');
    const [student, assignment] = [await idOf(graph, 'students', learner), await assignmentOf(graph, enrollmentId)];
    await make('updateStudent', { studentId: student, name: text.slice(0, 100) }, admin, 'student');
    await make('submitHomework', { assignmentId: assignment, text }, learner, 'submission');
    await make('logIntervention', { enrollmentId, kind: 'CALL', note: text }, admin, 'intervention');
    await make('addCard', { front: text, back: text, context: text }, learner, 'card');
    const sessionId = await make('askAssistant', { question: text }, learner, 'session');
    await make('handOverToCurator', { sessionId, note: text }, learner, 'handOver');
  }
}

type Make = (field: string, input: object, person: TestPerson, name: string) => Promise<string>;

/** A course of one lesson with homework. */
async function publish(graph: TestGraph, make: Make, admin: TestPerson): Promise<[string, string]> {
  const words = { slug: 'english', title: 'English', description: 'For travellers', language: 'en' };
  const rules = { enrollmentPolicy: 'OPEN', lengthDays: 30, certificateRule: 'NONE' };
  const courseId = await make('createCourse', { ...words, ...rules }, admin, 'course');
  const [version] = await database(graph).execute<{ id: string }[]>(
    'select id from learning.course_versions where course_id = ?',
    [courseId],
  );
  const moduleId = await make('addModule', { versionId: version?.id, title: 'First' }, admin, 'module');
  const lesson = { moduleId, kind: 'TEXT', title: 'At the station', body: 'Read.', minutes: 5 };
  const lessonId = await make('addLesson', lesson, admin, 'lesson');
  const rubric = [{ title: 'Contents', aspect: 'CONTENT', points: 100, levels: LEVELS }];
  const task = { title: 'A letter', instructions: 'Write it.', isRequired: false, checksEnglish: false };
  await make('defineHomework', { ...task, lessonId, rubric }, admin, 'homework');
  await make('publishCourse', { courseId }, admin, 'version');
  return [courseId, lessonId];
}

async function idOf(graph: TestGraph, table: string, { userId }: TestPerson): Promise<string> {
  const [row] = await database(graph).execute<{ id: string }[]>(`select id from learning.${table} where user_id = ?`, [
    userId,
  ]);
  return row?.id ?? '';
}

async function assignmentOf(graph: TestGraph, enrollmentId: string): Promise<string> {
  const [row] = await database(graph).execute<{ id: string }[]>(
    'select id from learning.homework_assignments where enrollment_id = ?',
    [enrollmentId],
  );
  return row?.id ?? '';
}
