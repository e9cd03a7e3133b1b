import { assistant } from './assistant/en.js';
import { certificates } from './certificates/en.js';
import { getCourse } from './getcourse/en.js';
import { homework } from './homework/en.js';
import { risk } from './risk/en.js';
import { speech } from './speech/en.js';
import { students } from './students/en.js';
import { vocabulary } from './vocabulary/en.js';

/** Messages of this room in English. */
export const messages = {
  ...assistant,
  ...certificates,
  ...students,
  ...getCourse,
  ...homework,
  ...risk,
  ...speech,
  ...vocabulary,
  INVALID_INPUT: 'This is not filled in as it must be.',
  NOT_FOUND: 'There is nothing like this that you may see.',
  IDEMPOTENCY_KEY_REUSED: 'This request was used for something else already. Send it anew.',
  // Writing courses.
  SLUG_TAKEN: 'Another course has this name in addresses. Choose another one.',
  PRICE_REQUIRED: 'A course that is paid for needs a price.',
  VERSION_PUBLISHED: 'What was published does not change any more. Make a draft of the course and change that.',
  COURSE_ARCHIVED: 'The course is in the archive. Restore it first.',
  NOTHING_TO_PUBLISH: 'There is no draft of this course. Make one first.',
  COURSE_EMPTY: 'There is no lesson yet. Add a module with at least one lesson.',
  MODULE_EMPTY: 'The module “{{title}}” has no lesson. Add one or remove the module.',
  LESSON_EMPTY: 'The lesson “{{title}}” says nothing yet. Write its text.',
  QUIZ_WITHOUT_TEST: 'The lesson “{{title}}” has no test with enough questions. Complete the test.',
  NOTHING_SCORED:
    'The certificate asks for a score, but there is neither a test nor homework. Add one, or change the rule.',
  PREREQUISITE_CYCLE:
    'The lesson “{{title}}” would wait for itself through others. Take one of its prerequisites away.',
  OTHER_VERSION: 'This belongs to another version of the course, or to another course.',
  VIDEO_MISMATCH: 'A video lesson needs the address of its video; other lessons have none.',
  TOO_MANY_MODULES: 'There are 100 modules already; no more fit.',
  TOO_MANY_LESSONS: 'There are 100 lessons in this module already; put more into another one.',
  // Tests.
  TITLE_TAKEN: 'There is one of this title already. Choose another title.',
  QUESTION_CHANGED: 'Somebody else has edited this question meanwhile. Load it again and repeat your change.',
  NOT_A_QUIZ: 'Only a quiz has a test. Change the kind of the lesson first.',
  TEST_EXISTS: 'This lesson has a test already. Change that one.',
  TOO_FEW_QUESTIONS: 'There are not so many questions to draw from. Add questions, or draw fewer.',
  TEST_EMPTY: 'This test has no questions at the moment. Please tell your curator.',
  ATTEMPTS_USED_UP: 'You have used all your attempts. Ask your curator for help.',
  PAUSE_NOT_OVER: 'You may try again later. Look through the lesson meanwhile.',
  ATTEMPT_OVER: 'This attempt is over. Answers that came later do not count.',
  OWN_ALLOWANCE: 'You cannot grant yourself anything. Ask another curator.',
};
