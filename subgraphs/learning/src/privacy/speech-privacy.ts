import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { sql } from 'kysely';
import { AnswerAudio } from '../speech/answer-audio.entity.js';
import { SpeechRecording } from '../speech/recording.entity.js';
import { findStudentOf } from '../students/student.repository.js';

/** What somebody recorded, with what was made of it. */
export async function collectSpeech(em: EntityManager, userId: string): Promise<PersonalData> {
  const student = await findStudentOf(em, userId);
  const orderBy = { createdAt: 'asc', id: 'asc' } as const;
  const recordings = student
    ? await em.find(SpeechRecording, { studentId: student.id, removedAt: null }, { orderBy })
    : [];
  return {
    sections: {
      recordings: recordings.map(({ id, purpose, status, transcript, feedback, createdAt }) => {
        return { id, purpose, status, transcript, feedback, createdAt };
      }),
    },
    files: recordings.map(({ id, key, contentType }) => ({
      name: `recording-${id}.${contentType.split('/')[1]}`,
      key,
    })),
  };
}

/** Removes the files of what somebody recorded and of answers that were spoken to them, outside any transaction, then what names them. */
export async function eraseSpeechFiles(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void> {
  await eraseSpokenAnswers(em, storage, userId);
  const student = await findStudentOf(em, userId);
  if (!student) return;
  const recordings = await em.find(SpeechRecording, { studentId: student.id });
  await storage.remove(recordings.map(({ key }) => key));
  await em.nativeDelete(SpeechRecording, { id: { $in: recordings.map(({ id }) => id) } });
}

async function eraseSpokenAnswers(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void> {
  const { rows } = await sql<{ answer_id: string; key: string }>`
    select a.answer_id, a.key from learning.assistant_answer_audio a
      join learning.assistant_messages m on m.id = a.answer_id
      join learning.assistant_sessions s on s.id = m.session_id
     where s.user_id = ${userId}`.execute(em.getKysely());
  await storage.remove(rows.map(({ key }) => key));
  await em.nativeDelete(AnswerAudio, { answerId: { $in: rows.map((row) => row.answer_id) } });
}

/** Nothing of a voice stays. */
export async function eraseSpeech(tx: EntityManager, userId: string): Promise<void> {
  const student = await findStudentOf(tx, userId);
  if (student) await tx.nativeDelete(SpeechRecording, { studentId: student.id });
}
