import { makeCourse, makeCourseDraft, makeCourseModule, makeCourseVersion, makeLesson } from '../course-scene.js';
import type { EntityRights } from '../entity.js';
import { makeHomeworkAssignment, makeHomeworkSubmission } from '../homework-scene.js';
import { makeCertificate, makeCohort, makeEnrollment, makeStudent } from '../student-scene.js';

const EVERYBODY = ['supervisor', 'curator', 'learner', 'beginner', 'somebody', 'nobody'];
const AUTHORS = ['supervisor'];

const COURSE =
  'id slug title description language enrollmentPolicy price lengthDays certificateRule certificateScore createdAt updatedAt version';
const VERSION = 'id number status createdAt updatedAt course lessonCount minutes';
const MODULE = 'id lineageId position title description version lessons';
const LESSON = 'id lineageId position kind title minutes isPreview isOptional prerequisites module version';

const CONCERNED = ['supervisor', 'curator', 'student'];
/** A student's own risk is not theirs to read. */
const GUIDES = ['supervisor', 'curator'];
const STUDENT = 'id name status source lastActiveAt createdAt user enrollments progress cardStatistics';
const ENROLLMENT =
  'id status source percent enrolledAt startedAt student course versionNumber cohort expectedPercent lessonsBehind currentLesson modules';
const HOMEWORK_VIEWERS = ['student', 'curator', 'supervisor'];
const ASSIGNMENT =
  'id status assignedAt dueAt submittedAt isLate score homework student course isOverdue submission submissions extensions';
const SUBMISSION =
  'id version status text submittedAt isLate revision createdAt updatedAt assignment files aiCheck grades review reviews annotations';

function all(fields: string, viewers: readonly string[]): EntityRights['seenBy'] {
  return Object.fromEntries(fields.split(' ').map((field) => [field, viewers]));
}

/** Entities of the learning room. */
export const learningEntities: readonly EntityRights[] = [
  {
    title: 'a course',
    room: 'learning',
    type: 'Course',
    make: makeCourse,
    seenBy: { ...all(COURSE, EVERYBODY), ...all('draft versions', AUTHORS), archivedAt: [] },
  },
  {
    title: 'a published version of a course',
    room: 'learning',
    type: 'CourseVersion',
    make: makeCourseVersion,
    seenBy: all(`${VERSION} publishedAt modules`, EVERYBODY),
  },
  {
    title: 'a draft of a course',
    room: 'learning',
    type: 'CourseVersion',
    make: makeCourseDraft,
    seenBy: { ...all(VERSION, AUTHORS), publishedAt: [], modules: [] },
  },
  {
    title: 'a module of a course',
    room: 'learning',
    type: 'CourseModule',
    make: makeCourseModule,
    seenBy: all(MODULE, EVERYBODY),
  },
  {
    title: 'a lesson that waits for another one',
    room: 'learning',
    type: 'Lesson',
    make: makeLesson,
    seenBy: {
      ...all(LESSON, EVERYBODY),
      ...all('body videoUrl homework', ['supervisor', 'learner']),
      lock: ['curator', 'beginner', 'somebody', 'nobody'],
      test: [],
    },
  },
  {
    title: 'a student',
    room: 'learning',
    type: 'Student',
    make: makeStudent,
    seenBy: {
      ...all(STUDENT, CONCERNED),
      ...all('risk interventions', GUIDES),
      externalId: ['supervisor'],
      ...all('email certificates', []),
    },
  },
  {
    title: 'an enrolment',
    room: 'learning',
    type: 'Enrollment',
    make: makeEnrollment,
    seenBy: { ...all(ENROLLMENT, CONCERNED), risk: GUIDES, ...all('completedAt droppedAt', []) },
  },
  {
    title: 'a certificate',
    room: 'learning',
    type: 'Certificate',
    make: makeCertificate,
    seenBy: {
      ...all('id code status holderName courseTitle score issuedAt verifyUrl pdfUrl badgeUrl student', CONCERNED),
      ...all('revokedAt revocationReason', []),
    },
  },
  {
    title: 'a cohort of a course that only staff opens',
    room: 'learning',
    type: 'Cohort',
    make: makeCohort,
    seenBy: {
      ...all('id title startsOn capacity course curator seatsLeft', CONCERNED),
      memberCount: ['supervisor', 'curator'],
    },
  },
  {
    title: 'homework of a student',
    room: 'learning',
    type: 'HomeworkAssignment',
    make: makeHomeworkAssignment,
    seenBy: all(ASSIGNMENT, HOMEWORK_VIEWERS),
  },
  {
    title: 'what a student handed in',
    room: 'learning',
    type: 'HomeworkSubmission',
    make: makeHomeworkSubmission,
    seenBy: all(SUBMISSION, HOMEWORK_VIEWERS),
  },
];
