import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import { defineEvent } from '@tutorgraph/kit/events/event';
import { privacyEvents } from '@tutorgraph/kit/privacy/room-privacy';
import { z } from 'zod';
import { cohortFields } from './cohorts/cohort.rules.js';
import { studentSources } from './students/student.rules.js';

/** Whom it concerns: the student, and their account if they have one. */
const ofStudent = z.object({ studentId: z.uuid(), userId: z.uuid().nullable() });
const ofCourse = ofStudent.extend({ courseId: z.uuid(), cohortId: z.uuid().nullable() });
/** By which enrolment they learn. */
const ofProgress = ofCourse.extend({ enrollmentId: z.uuid() });

function define<Schema extends z.ZodType>(name: string, description: string, data: Schema) {
  return defineEvent({ type: `tutorgraph.learning.${name}.v1`, description, data });
}

/** The subject is the course's id. */
export const coursePublished = define(
  'course.published',
  'A version of a course can be learned. Subject: the course.',
  z.object({ versionId: z.uuid() }),
);

/** The subject of each is the student's id. */
export const studentAdded = define(
  'student.added',
  'Somebody belongs to the school. Subject: the student.',
  ofStudent.extend({ source: z.enum(studentSources) }),
);
export const studentInvited = define(
  'student.invited',
  'Somebody without an account is to be told how to claim their place. Subject: the student.',
  ofStudent,
);
export const studentClaimed = define(
  'student.claimed',
  'Somebody who was imported or invited has an account now. Subject: the student.',
  ofStudent,
);
export const studentStatusChanged = define(
  'student.status-changed',
  'Somebody stands otherwise in the school. Subject: the student.',
  ofStudent,
);

/** The subject of each is the enrolment's id. */
export const enrollmentStarted = define(
  'enrollment.started',
  'Somebody is enrolled in a course. Subject: the enrolment.',
  ofCourse,
);
export const enrollmentCompleted = define(
  'enrollment.completed',
  'Somebody has completed a course. Subject: the enrolment.',
  ofCourse,
);
export const enrollmentDropped = define(
  'enrollment.dropped',
  'Somebody does not go on with a course. Subject: the enrolment.',
  ofCourse,
);
export const enrollmentResumed = define(
  'enrollment.resumed',
  'Somebody goes on with a course that they had left. Subject: the enrolment.',
  ofCourse,
);
export const enrollmentMoved = define(
  'enrollment.moved',
  'Somebody belongs to another cohort. Subject: the enrolment.',
  ofCourse,
);

/** The subject is the cohort's id. */
export const cohortChanged = define(
  'cohort.changed',
  'A cohort was made, or is called otherwise or has another curator: `fields` says which. Subject: the cohort.',
  z.object({ courseId: z.uuid(), curatorId: z.uuid().nullable(), fields: z.array(z.enum(cohortFields)).min(1) }),
);

/** The subject of each is the lesson's id. */
export const lessonStarted = define('lesson.started', 'Somebody has begun a lesson. Subject: the lesson.', ofProgress);
export const lessonCompleted = define(
  'lesson.completed',
  'Somebody has completed a lesson. Subject: the lesson.',
  ofProgress,
);

/** The subject is the attempt's id. */
export const testGraded = define(
  'test.graded',
  'An attempt at a test was graded. Subject: the attempt.',
  ofProgress.extend({ testId: z.uuid(), passed: z.boolean() }),
);

/** The subject of each is the submission's id. */
const ofSubmission = ofCourse.extend({ homeworkId: z.uuid(), assignmentId: z.uuid() });
export const homeworkSubmitted = define(
  'homework.submitted',
  'Somebody has handed in homework. Subject: the submission.',
  ofSubmission,
);
export const homeworkChecked = define(
  'homework.checked',
  'Homework was checked by the program; a curator may have to look at it. Subject: the submission.',
  ofSubmission.extend({ needsReview: z.boolean() }),
);
export const homeworkReviewed = define(
  'homework.reviewed',
  'A curator has reviewed homework. Subject: the submission.',
  ofSubmission,
);
export const homeworkReturned = define(
  'homework.returned',
  'A curator wants homework to be done better. Subject: the submission.',
  ofSubmission,
);
/** The subject of each is the id of the homework as given to one student. */
export const homeworkAssigned = define(
  'homework.assigned',
  'Homework waits for somebody. Subject: the assignment.',
  ofSubmission,
);
export const homeworkExtended = define(
  'homework.extended',
  'Somebody has longer for their homework. Subject: the assignment.',
  ofSubmission,
);
export const homeworkDueSoon = define(
  'homework.due-soon',
  'Homework is due within a day and was not handed in. Subject: the assignment.',
  ofSubmission,
);

/** The subject of each is the answer's id. */
export const assistantAnswered = define(
  'assistant.answered',
  'The assistant has written a piece of an answer: from one place of its text to another. Subject: the answer.',
  z.object({
    sessionId: z.uuid(),
    userId: z.uuid(),
    /** Grows when the answer is begun anew. */
    revision: z.int(),
    from: z.int(),
    to: z.int(),
    isLast: z.boolean(),
  }),
);
/** The subject of each is the hand-over's id. */
const ofHandOver = z.object({
  sessionId: z.uuid(),
  userId: z.uuid(),
  studentId: z.uuid().nullable(),
  cohortId: z.uuid().nullable(),
});
export const handOverOpened = define(
  'hand-over.opened',
  'A question to the assistant waits for a curator. Subject: the hand-over.',
  ofHandOver,
);
export const handOverTaken = define(
  'hand-over.taken',
  'A curator answers a question. Subject: the hand-over.',
  ofHandOver,
);
export const handOverClosed = define('hand-over.closed', 'A question is settled. Subject: the hand-over.', ofHandOver);

/** The subject is the student's id. */
export const studentAtRisk = define(
  'student.at-risk',
  'Somebody is in danger of giving up a course: their risk has risen above the threshold. Subject: the student.',
  ofCourse.extend({ score: z.int() }),
);
export const interventionLogged = define(
  'intervention.logged',
  'Somebody of the school did something for a student at risk. Subject: the student.',
  ofCourse,
);

/** The subject of each is the certificate's id. */
export const certificateIssued = define(
  'certificate.issued',
  'Somebody has earned a certificate. Subject: the certificate.',
  ofCourse,
);
export const certificateRevoked = define(
  'certificate.revoked',
  'A certificate holds no longer. Subject: the certificate.',
  ofCourse,
);

/** The subject is the import's id. */
export const exchangeFinished = define(
  'exchange.finished',
  'An exchange with GetCourse has ended. Subject: the exchange.',
  z.object({ succeeded: z.boolean() }),
);

/** The subject is the day, such as `2026-11-21`. */
export const dailyMetricsComputed = define(
  'daily-metrics.computed',
  'The figures of a day are there. Subject: the day.',
  z.object({}),
);

/** Every event of this room. */
export const events = [
  coursePublished,
  studentAdded,
  studentInvited,
  studentClaimed,
  studentStatusChanged,
  enrollmentStarted,
  enrollmentCompleted,
  enrollmentDropped,
  enrollmentResumed,
  enrollmentMoved,
  cohortChanged,
  lessonStarted,
  lessonCompleted,
  testGraded,
  homeworkSubmitted,
  homeworkChecked,
  homeworkReviewed,
  homeworkReturned,
  homeworkAssigned,
  homeworkExtended,
  homeworkDueSoon,
  assistantAnswered,
  handOverOpened,
  handOverTaken,
  handOverClosed,
  studentAtRisk,
  interventionLogged,
  certificateIssued,
  certificateRevoked,
  exchangeFinished,
  dailyMetricsComputed,
  ...Object.values(auditEvents('learning')),
  ...Object.values(privacyEvents('learning')),
];
