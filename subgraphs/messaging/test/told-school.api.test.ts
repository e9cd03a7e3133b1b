import { newId } from '@tutorgraph/kit/database/id';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import * as school from '@tutorgraph/schema/events/learning';
import { modelAlertRaised } from '@tutorgraph/schema/events/recommendations';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Told } from './told.js';

let told: Told;
let admin: TestPerson;
let curator: TestPerson;
let student: TestPerson;
let about: { studentId: string; userId: string; courseId: string; cohortId: string; enrollmentId: string };
let lessonId: string;
let homeworkId: string;

const make = (field: string, input: object, person: TestPerson, name: string) =>
  told.made(field, input, person, name, 'learning');

/** A course with a lesson and its homework, a cohort with its curator, and a student who begins the lesson. */
beforeAll(async () => {
  told = await Told.open();
  admin = await told.graph.person('ADMIN');
  curator = await told.graph.person('CURATOR');
  student = await told.student();
  const words = { title: 'English', description: 'For travellers', language: 'en', slug: 'english' };
  const rules = { enrollmentPolicy: 'OPEN', lengthDays: 30, certificateRule: 'NONE' };
  const courseId = await make('createCourse', { ...words, ...rules }, admin, 'course');
  const [{ id: versionId } = { id: '' }] = await rows(
    'select id from learning.course_versions where course_id = ?',
    courseId,
  );
  const moduleId = await make('addModule', { versionId, title: 'First' }, admin, 'module');
  lessonId = await make(
    'addLesson',
    { moduleId, kind: 'TEXT', title: 'At the station', body: 'Read.', minutes: 5 },
    admin,
    'lesson',
  );
  const levels = [
    { points: 100, description: 'All of it' },
    { points: 0, description: 'Nothing' },
  ];
  const task = { title: 'A letter', instructions: 'Write it.', isRequired: false, checksEnglish: false };
  const rubric = [{ title: 'Contents', aspect: 'CONTENT', points: 100, levels }];
  homeworkId = await make('defineHomework', { ...task, lessonId, rubric }, admin, 'homework');
  await make('publishCourse', { courseId }, admin, 'version');
  const cohort = { courseId, title: 'Autumn', curatorId: curator.userId, startsOn: '2026-01-01' };
  const cohortId = await make('createCohort', cohort, admin, 'cohort');
  const enrollmentId = await make('enroll', { courseId, cohortId }, student, 'enrollment');
  await make('startLesson', { lessonId }, student, 'lesson');
  const [{ id: studentId } = { id: '' }] = await rows(
    'select id from learning.students where user_id = ?',
    student.userId,
  );
  about = { studentId, userId: student.userId, courseId, cohortId, enrollmentId };
});

afterAll(() => told?.close());

/** What somebody was told, but for the group of the cohort, which is made whenever messaging comes to it. */
async function newsOf(person: TestPerson): Promise<string[]> {
  return (await told.toldTo(person)).filter((title) => !title.startsWith('CHAT_ROOM_JOINED'));
}

async function rows(statement: string, value: string): Promise<{ id: string }[]> {
  return (await told.sql(statement, [value])) as { id: string }[];
}

it('a student hears of courses and homework, and their curator of what the student does', async () => {
  const [{ id: assignmentId } = { id: '' }] = await rows(
    'select id from learning.homework_assignments where homework_id = ?',
    homeworkId,
  );
  const homework = { ...about, homeworkId, assignmentId };
  await told.says(school.homeworkDueSoon, assignmentId, homework);
  await told.says(school.homeworkExtended, assignmentId, homework);
  await told.heard();
  const work = { assignmentId, text: 'Dear Anna, I am at the station.' };
  const submissionId = await make('submitHomework', work, student, 'submission');
  await told.says(school.homeworkReturned, submissionId, homework);
  await told.says(school.homeworkReviewed, submissionId, homework);
  await told.says(school.lessonCompleted, lessonId, about);
  await told.says(school.enrollmentCompleted, newId(), about);
  await told.says(school.studentAtRisk, about.studentId, { ...about, score: 71 });
  await told.heard();
  const titles = await newsOf(student);
  expect(titles).toEqual([
    'COURSE_ENROLLED: Your course: English',
    'HOMEWORK_DUE_SOON: Due soon: A letter',
    'HOMEWORK_EXTENDED: More time: A letter',
    'HOMEWORK_RETURNED: To be done better: A letter',
    'HOMEWORK_REVIEWED: Reviewed: A letter',
    'COURSE_COMPLETED: You have completed English',
  ]);
  expect(await newsOf(curator)).toEqual([
    'HOMEWORK_SUBMITTED: Anna K. handed in: A letter',
    'LESSON_COMPLETED: Anna K. completed: At the station',
    'STUDENT_AT_RISK: Anna K. may give up: risk 71 of 100',
  ]);
});

it('a question that the assistant cannot settle reaches the curator, and its answer who asked', async () => {
  const asked = { sessionId: newId(), userId: student.userId, studentId: about.studentId, cohortId: about.cohortId };
  await told.says(school.handOverOpened, newId(), asked);
  await told.says(school.handOverTaken, newId(), asked);
  await told.heard();
  expect(await told.toldTo(curator)).toContain('HAND_OVER_OPENED: Anna K. asks a curator');
  expect(await told.toldTo(student)).toContain('HAND_OVER_TAKEN: A curator answers your question');
});

it('staff who see all students hear of those without a curator, and who exchanges students hears of failures', async () => {
  await told.says(school.studentAtRisk, about.studentId, { ...about, cohortId: null, score: 80 });
  await told.says(school.exchangeFinished, newId(), { succeeded: true });
  await told.says(school.exchangeFinished, newId(), { succeeded: false });
  await told.heard();
  const titles = await told.toldTo(admin);
  expect(titles.filter((title) => /RISK|EXCHANGE/.test(title))).toEqual([
    'STUDENT_AT_RISK: Anna K. may give up: risk 80 of 100',
    'EXCHANGE_FAILED: Students were not fetched from GetCourse',
  ]);
});

it('staff who manage the ranking of tutors hear when it needs a look', async () => {
  await told.says(modelAlertRaised, newId(), { modelId: newId(), kind: 'DRIFT' });
  await told.heard();
  expect(await told.toldTo(admin)).toContain('MODEL_ALERT_RAISED: The ranking of tutors needs a look');
  expect((await told.toldTo(curator)).filter((title) => title.startsWith('MODEL'))).toEqual([]);
});

it('certificates are told of as they stand', async () => {
  await told.sql(`update learning.enrollments set status = 'COMPLETED', completed_at = now() where course_id = ?`, [
    about.courseId,
  ]);
  const [{ id: enrollmentId } = { id: '' }] = await rows(
    'select id from learning.enrollments where course_id = ?',
    about.courseId,
  );
  const certificateId = await make('issueCertificate', { enrollmentId }, admin, 'certificate');
  await told.heard();
  await make('revokeCertificate', { certificateId, reason: 'By mistake' }, admin, 'certificate');
  await told.heard();
  expect((await newsOf(student)).slice(-2)).toEqual([
    'CERTIFICATE_ISSUED: Your certificate: English',
    'CERTIFICATE_REVOKED: Revoked: your certificate for English',
  ]);
});
