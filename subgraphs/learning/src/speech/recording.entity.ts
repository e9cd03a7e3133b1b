import { defineEntity, p } from '@mikro-orm/core';
import type { SpokenPart } from '@tutorgraph/kit/ai/openai-audio';
import { type KnowledgeLanguage, knowledgeLanguages } from '../knowledge/knowledge.rules.js';
import { Student } from '../students/student.entity.js';
import {
  type RecordingFailure,
  type RecordingPurpose,
  type RecordingStatus,
  recordingFailures,
  recordingPurposes,
  recordingStatuses,
  type SpeechFeedback,
} from './recording.rules.js';

const RecordingSchema = defineEntity({
  name: 'SpeechRecording',
  tableName: 'speech_recordings',
  indexes: [
    { name: 'speech_recordings_of_student', properties: ['studentId', 'createdAt', 'id'] },
    { name: 'speech_recordings_waiting', properties: ['createdAt'], where: `status = 'QUEUED'` },
  ],
  checks: [
    {
      name: 'speech_recordings_done_check',
      expression: `(status = 'DONE') = (feedback is not null and model is not null)`,
    },
    { name: 'speech_recordings_failed_check', expression: `(status = 'FAILED') = (failure is not null)` },
    { name: 'speech_recordings_finished_check', expression: `(status = 'QUEUED') = (finished_at is null)` },
  ],
  properties: {
    /** The upload that it was: each is taken once. */
    id: p.uuid().primary(),
    studentId: () => p.manyToOne(Student).mapToPk().fieldName('student_id').deleteRule('cascade'),
    purpose: p.enum(recordingPurposes).$type<RecordingPurpose>(),
    /** Which language is spoken; the model finds out itself without it. */
    language: p.enum(knowledgeLanguages).$type<KnowledgeLanguage>().nullable(),
    contentType: p.text(),
    size: p.integer(),
    /** Where the file is in the storage. */
    key: p.text(),
    status: p.enum(recordingStatuses).$type<RecordingStatus>(),
    failure: p.enum(recordingFailures).$type<RecordingFailure>().nullable(),
    /** Seconds of the recording, as the model says. */
    duration: p.double().nullable(),
    transcript: p.text().default(''),
    words: p.json<readonly SpokenPart[]>(),
    feedback: p.json<SpeechFeedback>().nullable(),
    /** What wrote it down. */
    model: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
    /** Since when nobody sees it any longer; a job removes the file, then the row. */
    removedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});

/** Speech of a student, and what was made of it. */
export class SpeechRecording extends RecordingSchema.class {}
RecordingSchema.setClass(SpeechRecording);
