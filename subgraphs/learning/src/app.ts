import { purgeIdempotencyKeysJob } from '@tutorgraph/kit/idempotency/purge-idempotency-keys.job';
import type { RoomParts, RoomTools } from '@tutorgraph/kit/room/room';
import { createAdmissions } from './admissions/wire-admissions.js';
import { createAssistant } from './assistant/wire-assistant.js';
import { createCertificates } from './certificates/wire-certificates.js';
import { createCohorts } from './cohorts/wire-cohorts.js';
import type { LearningCore, LearningPart } from './core.js';
import { createCoursePayments } from './course-payments/wire-course-payments.js';
import { createCourses } from './courses/wire-courses.js';
import { EnglishChecker } from './english/english-checker.js';
import { createEnrollments } from './enrollments/wire-enrollments.js';
import { readLearningEnvironment } from './environment.js';
import { createGetCourse } from './getcourse/wire-getcourse.js';
import { createHomework } from './homework/wire-homework.js';
import { createKnowledge } from './knowledge/wire-knowledge.js';
import { createReports } from './reports/wire-reports.js';
import { createRisk } from './risk/wire-risk.js';
import { createSpeech } from './speech/wire-speech.js';
import { createStudents } from './students/wire-students.js';
import { createTests } from './tests/wire-tests.js';
import { createVocabulary } from './vocabulary/wire-vocabulary.js';

/** Wires the learning room. */
export function createLearning(tools: RoomTools): RoomParts {
  const environment = readLearningEnvironment(tools.settings);
  const english = new EnglishChecker();
  const core: LearningCore = { tools, environment, english };
  const parts = partsOf(core);
  return {
    resolvers: parts.flatMap(({ resolvers }) => resolvers),
    jobs: [purgeIdempotencyKeysJob(tools.orm.em), ...parts.flatMap(({ jobs = [] }) => jobs)],
    consumers: parts.flatMap(({ consumers = [] }) => consumers),
    prepare: async () => {
      for (const { prepare } of parts) await prepare?.();
    },
    close: async () => {
      for (const { close } of parts) await close?.();
      await english.close();
    },
    routes: (app) => {
      for (const { routes } of parts) routes?.(app);
    },
  };
}

/** Every part of the room. */
function partsOf(core: LearningCore): readonly LearningPart[] {
  return [
    // Courses and who learns in them.
    createCourses(core),
    createStudents(core),
    createCohorts(core),
    createEnrollments(core),
    createAdmissions(core),
    createCoursePayments(core),
    // Tests.
    createTests(core),
    // Homework.
    createHomework(core),
    // Vocabulary.
    createVocabulary(core),
    // Certificates.
    createCertificates(core),
    // Figures of the school.
    createReports(core),
    // Knowledge and the assistant.
    createKnowledge(core),
    createAssistant(core),
    // Speech.
    createSpeech(core),
    // Risk.
    createRisk(core),
    // GetCourse.
    createGetCourse(core),
  ];
}
