import { z } from 'zod';
import type { Ask, Question } from './ask.js';
import { type Person, personOf, staffWith } from './people.js';

const reference = z.object({ id: z.uuid() });

const COURSE = {
  room: 'learning',
  type: 'Course',
  fields: ['title'],
  schema: z.object({ title: z.string() }),
} satisfies Question;

const COHORT = {
  room: 'learning',
  type: 'Cohort',
  fields: ['curator { id }'],
  schema: z.object({ curator: reference.nullable() }),
} satisfies Question;

const ASSIGNMENT = {
  room: 'learning',
  type: 'HomeworkAssignment',
  fields: ['status', 'dueAt', 'homework { title }'],
  schema: z.object({
    status: z.string(),
    dueAt: z.iso.datetime({ offset: true }),
    homework: z.object({ title: z.string() }).nullable(),
  }),
} satisfies Question;

const SUBMISSION = {
  room: 'learning',
  type: 'HomeworkSubmission',
  fields: ['assignment { id }'],
  schema: z.object({ assignment: reference.nullable() }),
} satisfies Question;

const LESSON = {
  room: 'learning',
  type: 'Lesson',
  fields: ['title'],
  schema: z.object({ title: z.string() }),
} satisfies Question;

const CERTIFICATE = {
  room: 'learning',
  type: 'Certificate',
  fields: ['courseTitle', 'status'],
  schema: z.object({ courseTitle: z.string(), status: z.string() }),
} satisfies Question;

/** What a course is called; null when there is none. */
export async function courseTitle(ask: Ask, courseId: string): Promise<string | null> {
  return (await ask.entity(COURSE, courseId))?.title ?? null;
}

/** What a lesson is called; null when there is none. */
export async function lessonTitle(ask: Ask, lessonId: string): Promise<string | null> {
  return (await ask.entity(LESSON, lessonId))?.title ?? null;
}

/** Homework of one student: how it stands, what it is called and until when it waits; null when there is none. */
export function assignmentOf(ask: Ask, assignmentId: string): Promise<z.output<typeof ASSIGNMENT.schema> | null> {
  return ask.entity(ASSIGNMENT, assignmentId);
}

/** What the homework is called that somebody has handed in; null when there is none. */
export async function submittedHomework(ask: Ask, submissionId: string): Promise<string | null> {
  const assignmentId = (await ask.entity(SUBMISSION, submissionId))?.assignment?.id;
  const assignment = assignmentId === undefined ? null : await assignmentOf(ask, assignmentId);
  return assignment?.homework?.title ?? null;
}

/** A certificate; null when there is none. */
export function certificateOf(ask: Ask, id: string): Promise<z.output<typeof CERTIFICATE.schema> | null> {
  return ask.entity(CERTIFICATE, id);
}

/** Who looks after a student: the curator of their cohort, or those who see all students where there is none. */
export async function curatorsOf(ask: Ask, cohortId: string | null, otherwise: string): Promise<string[]> {
  const curator = cohortId === null ? null : (await ask.entity(COHORT, cohortId))?.curator;
  return curator ? [curator.id] : staffWith(ask, otherwise);
}

/** A student with an account; null for who has none yet, or none any longer. */
export async function learnerOf(ask: Ask, userId: string | null): Promise<Person | null> {
  const person = userId === null ? null : await personOf(ask, userId);
  return person?.isErased ? null : person;
}
