import { forgetIdempotencyKeys } from '@tutorgraph/kit/idempotency/idempotency';
import type { RoomPrivacy } from '@tutorgraph/kit/privacy/room-privacy';
import { collectAssistant, eraseAssistant } from './assistant-privacy.js';
import { collectAttempts, eraseAttempts } from './attempt-privacy.js';
import { collectCertificates, eraseCertificates } from './certificate-privacy.js';
import { collectCourses, eraseCourses } from './course-privacy.js';
import { collectGetCourse, eraseGetCourse } from './getcourse-privacy.js';
import { collectHomework, eraseHomework, eraseHomeworkFiles } from './homework-privacy.js';
import { collectRisk, eraseRisk } from './risk-privacy.js';
import { collectSpeech, eraseSpeech, eraseSpeechFiles } from './speech-privacy.js';
import { collectStudent, eraseStudent } from './student-privacy.js';
import { collectVocabulary, eraseVocabulary } from './vocabulary-privacy.js';

const COLLECTED = [
  collectStudent,
  collectAttempts,
  collectAssistant,
  collectCertificates,
  collectCourses,
  collectGetCourse,
  collectHomework,
  collectRisk,
  collectSpeech,
  collectVocabulary,
  // One a line.
];

const ERASED = [
  forgetIdempotencyKeys,
  eraseAttempts,
  eraseAssistant,
  eraseCertificates,
  eraseCourses,
  eraseGetCourse,
  eraseHomework,
  eraseRisk,
  eraseSpeech,
  eraseVocabulary,
  // Last: the others find by it whose things are.
  eraseStudent,
];

/** What learning holds about somebody, and what is left of it when they are erased. */
export const learningPrivacy: RoomPrivacy = {
  async collect(em, userId) {
    const parts = await Promise.all(COLLECTED.map((collect) => collect(em, userId)));
    return {
      sections: Object.assign({}, ...parts.map(({ sections }) => sections)),
      files: parts.flatMap(({ files = [] }) => files),
    };
  },

  async eraseFiles(em, storage, userId) {
    await eraseHomeworkFiles(em, storage, userId);
    await eraseSpeechFiles(em, storage, userId);
  },

  async erase(tx, userId) {
    for (const erase of ERASED) await erase(tx, userId);
  },
};
