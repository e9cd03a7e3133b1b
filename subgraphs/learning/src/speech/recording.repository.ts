import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '@tutorgraph/kit/database/id';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { keysetPage, type PageRequest, type SortKey } from '@tutorgraph/kit/pagination/keyset';
import { sql } from 'kysely';
import { findStudentOf } from '../students/student.repository.js';
import { StudentAccess } from '../students/student-access.js';
import { SpeechRecording } from './recording.entity.js';

const access = new StudentAccess();
const LATEST_FIRST: readonly SortKey[] = [
  { expression: sql`t.created_at`, type: 'timestamptz', direction: 'desc' },
  { expression: sql`t.id`, type: 'uuid', direction: 'desc' },
];

/** A page of a student's recordings that the viewer may hear, the latest first. */
export function findRecordingsOf(
  context: RequestContext,
  studentId: string,
  page: PageRequest,
): Promise<Connection<SpeechRecording>> {
  const from = sql`from learning.speech_recordings t where t.student_id = ${isId(studentId) ? studentId : null}::uuid
    and t.removed_at is null and ${access.visible(context, sql`t.student_id`)}`;
  return keysetPage(context.em, { entity: SpeechRecording, from, order: LATEST_FIRST }, page);
}

/** A recording that the viewer may hear; null when there is none. */
export async function findHeard(context: RequestContext, id: string): Promise<SpeechRecording | null> {
  const recording = isId(id) ? await context.em.findOne(SpeechRecording, { id, removedAt: null }) : null;
  const seen = recording && (await access.maySee(context, [recording.studentId]));
  return seen?.has(recording?.studentId ?? '') ? recording : null;
}

/** Somebody's own recording, as it is now. */
export async function findOwnRecording(em: EntityManager, id: string, userId: string): Promise<SpeechRecording | null> {
  const student = await findStudentOf(em, userId);
  if (!student || !isId(id)) return null;
  return em.findOne(SpeechRecording, { id, studentId: student.id, removedAt: null }, { refresh: true });
}
