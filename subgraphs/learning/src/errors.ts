import { enumOf } from '@tutorgraph/kit/graphql/enum';
import { DateTime } from '@tutorgraph/kit/graphql/scalars';
import { UserError } from '@tutorgraph/kit/graphql/user-error';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

/** Every expected failure of this room. */
export const learningErrorCodes = [
  'INVALID_INPUT',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  // Courses and who learns in them.
  'NOT_A_STUDENT',
  'NOT_ENROLLED',
  'LESSON_LOCKED',
  // Writing courses.
  'SLUG_TAKEN',
  'PRICE_REQUIRED',
  'VERSION_PUBLISHED',
  'COURSE_ARCHIVED',
  'NOTHING_TO_PUBLISH',
  'COURSE_EMPTY',
  'MODULE_EMPTY',
  'LESSON_EMPTY',
  'QUIZ_WITHOUT_TEST',
  'NOTHING_SCORED',
  'PREREQUISITE_CYCLE',
  'OTHER_VERSION',
  'VIDEO_MISMATCH',
  'TOO_MANY_MODULES',
  'TOO_MANY_LESSONS',
  'PAYMENT_REQUIRED',
  'ENROLLMENT_CLOSED',
  'ALREADY_ENROLLED',
  'ENROLLMENT_COMPLETED',
  'COHORT_FULL',
  'CAPACITY_TOO_SMALL',
  'NOT_A_CURATOR',
  'TEST_NOT_PASSED',
  'HOMEWORK_NOT_SUBMITTED',
  'CODE_INVALID',
  'ALREADY_CLAIMED',
  'NO_ADDRESS',
  'EMAIL_TAKEN',
  'EXTERNAL_ID_TAKEN',
  'DUPLICATE_ROW',
  'ROWS_CONTRADICT',
  // Homework.
  'HANDED_IN',
  'CHANGED',
  'UPLOAD_NOT_FOUND',
  'UPLOAD_NOT_USABLE',
  'ALREADY_ACCEPTED',
  'NOT_REVIEWABLE',
  'TOO_MANY_TEMPLATES',
  'TOO_MUCH_HOMEWORK',
  // Vocabulary.
  'CARD_EXISTS',
  'CARD_SUSPENDED',
  'TOO_MANY_CARDS',
  // Certificates.
  'NOT_COMPLETED',
  'CERTIFICATE_EXISTS',
  // Tests.
  'TITLE_TAKEN',
  'QUESTION_CHANGED',
  'NOT_A_QUIZ',
  'TEST_EXISTS',
  'TOO_FEW_QUESTIONS',
  'TEST_EMPTY',
  'ATTEMPTS_USED_UP',
  'PAUSE_NOT_OVER',
  'ATTEMPT_OVER',
  'OWN_ALLOWANCE',
  // GetCourse.
  'GETCOURSE_NOT_CONFIGURED',
  'EXCHANGE_RUNNING',
  // Knowledge and the assistant.
  'ANSWER_UNFINISHED',
  'KNOWLEDGE_OF_LESSON',
  'HAND_OVER_CLOSED',
  'HAND_OVER_TAKEN',
  // Speech.
  'SPEECH_NOT_AVAILABLE',
  'RECORDING_NOT_USABLE',
  'RECORDING_NOT_READY',
] as const;
/** @see learningErrorCodes */
export type LearningErrorCode = (typeof learningErrorCodes)[number];
const LearningErrorCodes = enumOf(learningErrorCodes);
registerEnumType(LearningErrorCodes, {
  name: 'LearningErrorCode',
  description: 'Expected failures around courses, tests, homework and the assistant.',
  valuesConfig: {
    INVALID_INPUT: { description: 'A field is not as it must be; see `field` and `message`.' },
    NOT_FOUND: { description: 'There is no such thing that you may see.' },
    // Knowledge and the assistant.
    ANSWER_UNFINISHED: { description: 'The answer is still being written.' },
    KNOWLEDGE_OF_LESSON: { description: 'The entry is a lesson: change the lesson.' },
    HAND_OVER_CLOSED: { description: 'The hand-over is settled.' },
    HAND_OVER_TAKEN: { description: 'Another curator sees to it.' },
    // Speech.
    SPEECH_NOT_AVAILABLE: {
      description: 'The school has no service that understands or makes speech, or it does not answer.',
    },
    RECORDING_NOT_USABLE: {
      description: 'The upload is of another kind than RECORDING, not confirmed, or was taken already.',
    },
    RECORDING_NOT_READY: { description: 'The recording is not written down, or could not be.' },
    IDEMPOTENCY_KEY_REUSED: { description: 'The key was used with another input within the last 24 hours.' },
    NOT_A_STUDENT: { description: 'You do not belong to the school yet: enrol in a course first.' },
    NOT_ENROLLED: { description: 'You are not enrolled in the course, or have left it.' },
    LESSON_LOCKED: { description: 'The lesson is locked: your cohort has not begun, or another lesson comes first.' },
    // Writing courses.
    SLUG_TAKEN: { description: 'Another course has this name in addresses.' },
    PRICE_REQUIRED: { description: 'A course that is paid for needs a price.' },
    VERSION_PUBLISHED: { description: 'What was published does not change: make a draft with draftCourse.' },
    COURSE_ARCHIVED: { description: 'The course is in the archive: restore it first.' },
    NOTHING_TO_PUBLISH: { description: 'The course has no draft: make one with draftCourse.' },
    COURSE_EMPTY: { description: 'The draft has no lesson.' },
    MODULE_EMPTY: { description: 'A module has no lesson; `aboutId` says which one.' },
    LESSON_EMPTY: { description: 'A lesson to be read says nothing; `aboutId` says which one.' },
    QUIZ_WITHOUT_TEST: {
      description: 'A quiz has no test, or one with too few questions; `aboutId` says which lesson it is.',
    },
    NOTHING_SCORED: { description: 'The certificate wants a score, and the draft has neither a test nor homework.' },
    PREREQUISITE_CYCLE: {
      description: 'Lessons would wait for each other, so that nobody could begin any; `aboutId` is one of them.',
    },
    OTHER_VERSION: { description: 'It is in another version of the course, or in another course.' },
    VIDEO_MISMATCH: { description: 'A lesson of kind VIDEO needs the address of its video; others have none.' },
    TOO_MANY_MODULES: { description: 'A version has as many modules as it may: 100.' },
    TOO_MANY_LESSONS: { description: 'A module has as many lessons as it may: 100.' },
    PAYMENT_REQUIRED: { description: 'The course must be paid for: use payForCourse.' },
    ENROLLMENT_CLOSED: {
      description: 'Nobody enrols in this course by themselves, or it is archived or not published yet.',
    },
    ALREADY_ENROLLED: { description: 'They learn the course already, or have completed it.' },
    ENROLLMENT_COMPLETED: { description: 'The course is completed: nobody leaves it any more.' },
    COHORT_FULL: { description: 'No place is left in the cohort.' },
    CAPACITY_TOO_SMALL: { description: 'More people belong to the cohort than there would be places.' },
    NOT_A_CURATOR: { description: 'The account does not belong to anybody who works for the school.' },
    TEST_NOT_PASSED: { description: 'The test of the lesson must be passed first.' },
    HOMEWORK_NOT_SUBMITTED: {
      description: 'The required homework of the lesson must be handed in and accepted first.',
    },
    CODE_INVALID: { description: 'There is no invitation with this code, or it is too old or used.' },
    ALREADY_CLAIMED: { description: 'Somebody has taken this place with their account.' },
    NO_ADDRESS: { description: 'No address of the student is known.' },
    EMAIL_TAKEN: { description: 'Another student without an account has this address.' },
    EXTERNAL_ID_TAKEN: { description: 'Another student has this id of the former system.' },
    DUPLICATE_ROW: { description: 'Another row has the same address or id.' },
    ROWS_CONTRADICT: { description: 'The address belongs to another student than the id.' },
    // Homework.
    HANDED_IN: { description: 'The homework was handed in: it changes only once it is returned.' },
    CHANGED: { description: 'It is not as you have seen it any more: read it again.' },
    UPLOAD_NOT_FOUND: { description: 'There is no such upload of yours.' },
    UPLOAD_NOT_USABLE: {
      description:
        'The upload is of another kind than ATTACHMENT or DOCUMENT, not confirmed, or went with something else.',
    },
    ALREADY_ACCEPTED: { description: 'The homework was accepted: it needs no more time.' },
    NOT_REVIEWABLE: {
      description: 'It was returned, is not the newest version, or was accepted and cannot be returned any more.',
    },
    TOO_MANY_TEMPLATES: { description: 'There are as many templates as there may be: 500 of each owner.' },
    TOO_MUCH_HOMEWORK: { description: 'The lesson has as much homework as it may: 10.' },
    // Vocabulary.
    CARD_EXISTS: { description: 'You have a card with this front already.' },
    CARD_SUSPENDED: { description: 'The card rests: let it come up again first.' },
    TOO_MANY_CARDS: { description: 'You have as many cards as you may: 10,000.' },
    // Certificates.
    NOT_COMPLETED: { description: 'The course is not completed, or the name of whoever did is not known.' },
    CERTIFICATE_EXISTS: { description: 'There is a certificate that holds already; revoke it first.' },
    // Tests.
    TITLE_TAKEN: { description: 'There is one of this title already.' },
    QUESTION_CHANGED: { description: 'Somebody else has edited the question meanwhile; load it anew.' },
    NOT_A_QUIZ: { description: 'Only a lesson of kind QUIZ has a test.' },
    TEST_EXISTS: { description: 'The lesson has a test already; update it.' },
    TOO_FEW_QUESTIONS: {
      description: 'The bank has fewer questions, with this tag and besides the fixed ones, than are to be drawn.',
    },
    TEST_EMPTY: { description: 'All questions of the test are retired; staff has to look at it.' },
    ATTEMPTS_USED_UP: { description: 'You have no attempt left.' },
    PAUSE_NOT_OVER: { description: 'You may try again later: see `availableAt`.' },
    ATTEMPT_OVER: { description: 'The attempt is over: it was handed in, or its time is up.' },
    OWN_ALLOWANCE: { description: 'You cannot grant yourself anything at a test.' },
    // GetCourse.
    GETCOURSE_NOT_CONFIGURED: { description: 'The settings name no account at GetCourse.' },
    EXCHANGE_RUNNING: { description: 'Students are being fetched from GetCourse already.' },
  },
});

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'An expected failure around courses, tests, homework and the assistant.',
})
export class LearningError extends UserError {
  @Field(() => LearningErrorCodes, { description: 'What kind of failure, for the program.' })
  declare code: LearningErrorCode;

  @Field(() => ID, {
    nullable: true,
    description: 'Which lesson or module it is about, where the code says so; null otherwise.',
  })
  declare aboutId?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'With PAUSE_NOT_OVER: when you may try again; null otherwise.',
  })
  declare availableAt?: Date | null;
}
