import type { EntityManager } from '@mikro-orm/postgresql';
import type { PersonalData } from '@tutorgraph/kit/privacy/room-privacy';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import { sql } from 'kysely';
import { HomeworkCheck } from '../homework-check/homework-check.entity.js';
import { CommentTemplate } from '../homework-review/comment-template.entity.js';
import { SubmissionAnnotation, SubmissionReview } from '../homework-review/review.entity.js';
import { findStudentOf } from '../students/student.repository.js';
import { HomeworkAssignment, HomeworkExtension } from '../submissions/homework-assignment.entity.js';
import { HomeworkGrade } from '../submissions/homework-grade.entity.js';
import { Submission, SubmissionFile } from '../submissions/submission.entity.js';

/** Homework of somebody as a student, with its files, and what they wrote to others' as a curator. */
export async function collectHomework(em: EntityManager, userId: string): Promise<PersonalData> {
  const [own, written] = await Promise.all([collectOwn(em, userId), collectWritten(em, userId)]);
  return { ...own, sections: { ...own.sections, ...written } };
}

async function collectOwn(em: EntityManager, userId: string): Promise<PersonalData> {
  const student = await findStudentOf(em, userId);
  if (!student) return { sections: { homework: [], homeworkSubmissions: [] } };
  const orderBy = { assignedAt: 'asc', id: 'asc' } as const;
  const assignments = await em.find(HomeworkAssignment, { studentId: student.id }, { orderBy });
  const assignmentId = { $in: assignments.map(({ id }) => id) };
  const submissions = await em.find(Submission, { assignmentId }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  const submissionId = { $in: submissions.map(({ id }) => id) };
  const [extensions, files, checks, reviews, annotations, grades] = await Promise.all([
    em.find(HomeworkExtension, { assignmentId }),
    em.find(SubmissionFile, { assignmentId, removedAt: null }, { orderBy: { id: 'asc' } }),
    em.find(HomeworkCheck, { submissionId }),
    em.find(SubmissionReview, { submissionId }, { orderBy: { number: 'asc' } }),
    em.find(SubmissionAnnotation, { submissionId }, { orderBy: { start: 'asc' } }),
    em.find(HomeworkGrade, { submissionId }, { orderBy: { gradedAt: 'asc' } }),
  ]);
  return {
    sections: {
      homework: assignments.map(({ id, homeworkId, status, assignedAt, dueAt, submittedAt, isLate, score }) => {
        const more = extensions.filter((one) => one.assignmentId === id);
        const given = more.map(({ previousDueAt, dueAt: until, reason }) => ({ previousDueAt, dueAt: until, reason }));
        return { id, homeworkId, status, assignedAt, dueAt, submittedAt, isLate, score, extensions: given };
      }),
      homeworkSubmissions: submissions.map(({ id, assignmentId: homework, version, status, text, submittedAt }) => ({
        ...{ id, assignmentId: homework, version, status, text, submittedAt },
        check: checks.find((one) => one.submissionId === id) ?? null,
        reviews: reviews.filter((one) => one.submissionId === id),
        annotations: annotations.filter((one) => one.submissionId === id),
        grades: grades.filter((one) => one.submissionId === id),
      })),
    },
    files: files.map(({ id, name, key }) => ({ name: `homework-${id}-${name}`, key })),
  };
}

async function collectWritten(em: EntityManager, userId: string): Promise<PersonalData['sections']> {
  const orderBy = { createdAt: 'asc', id: 'asc' } as const;
  const [reviews, annotations, extensions, templates] = await Promise.all([
    em.find(SubmissionReview, { reviewerId: userId }, { orderBy }),
    em.find(SubmissionAnnotation, { authorId: userId }, { orderBy }),
    em.find(HomeworkExtension, { grantedBy: userId }, { orderBy }),
    em.find(CommentTemplate, { ownerId: userId }, { orderBy }),
  ]);
  return {
    homeworkReviews: reviews.map(({ submissionId, decision, scores, score, comment, createdAt }) => {
      return { submissionId, decision, scores, score, comment, createdAt };
    }),
    homeworkAnnotations: annotations.map(({ submissionId, start, end, kind, comment, createdAt }) => {
      return { submissionId, start, end, kind, comment, createdAt };
    }),
    homeworkExtensions: extensions.map(({ assignmentId, dueAt, reason, createdAt }) => {
      return { assignmentId, dueAt, reason, createdAt };
    }),
    homeworkCommentTemplates: templates.map(({ title, text, createdAt }) => ({ title, text, createdAt })),
  };
}

/** Removes the files that somebody handed in, outside any transaction. */
export async function eraseHomeworkFiles(em: EntityManager, storage: ObjectStorage, userId: string): Promise<void> {
  const student = await findStudentOf(em, userId);
  if (!student) return;
  const { rows } = await sql<{ id: string; key: string }>`
    select f.id, f.key from learning.homework_files f join learning.homework_assignments a on a.id = f.assignment_id
     where a.student_id = ${student.id} order by f.id`.execute(em.getKysely());
  await storage.remove(rows.map(({ key }) => key));
  await em.nativeDelete(SubmissionFile, { id: { $in: rows.map(({ id }) => id) } });
}

/**
 * Empties what somebody wrote, and what others wrote about it; that there was homework, and its scores, stay for the school's
 * figures as nobody's. What they did as a curator is nobody's, too.
 */
export async function eraseHomework(tx: EntityManager, userId: string): Promise<void> {
  const database = tx.getKysely();
  const own = sql`select s.id from learning.homework_submissions s
    join learning.homework_assignments a on a.id = s.assignment_id
    join learning.students st on st.id = a.student_id where st.user_id = ${userId}`;
  await sql`delete from learning.homework_annotations where submission_id in (${own})`.execute(database);
  await sql`update learning.homework_checks set edits = '[]', summary = null,
      scores = coalesce((select jsonb_agg(one || '{"reason": ""}') from jsonb_array_elements(scores) one), '[]')
    where submission_id in (${own})`.execute(database);
  await sql`update learning.homework_reviews set comment = null where submission_id in (${own})`.execute(database);
  await sql`update learning.homework_extensions set reason = '' where assignment_id in (
    select a.id from learning.homework_assignments a join learning.students st on st.id = a.student_id
     where st.user_id = ${userId})`.execute(database);
  await sql`update learning.homework_submissions set text = '', file_ids = '[]' where id in (${own})`.execute(database);
  await tx.nativeUpdate(SubmissionReview, { reviewerId: userId }, { reviewerId: null });
  await tx.nativeUpdate(SubmissionAnnotation, { authorId: userId }, { authorId: null });
  await tx.nativeUpdate(HomeworkExtension, { grantedBy: userId }, { grantedBy: null });
  await tx.nativeUpdate(HomeworkGrade, { gradedBy: userId }, { gradedBy: null });
  await tx.nativeDelete(CommentTemplate, { ownerId: userId });
}
