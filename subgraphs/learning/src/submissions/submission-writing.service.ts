import type { EntityManager } from '@mikro-orm/postgresql';
import { isId, newId } from '@tutorgraph/kit/database/id';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import type { JobDefinition } from '@tutorgraph/kit/jobs/job';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { LearningErrorCode } from '../errors.js';
import { homeworkSubmitted } from '../events.js';
import type { checkPayload } from '../homework-check/check-payload.js';
import { noteActivity } from '../students/activity.js';
import type { StudentAccess } from '../students/student-access.js';
import { HomeworkAssignment } from './homework-assignment.entity.js';
import { Submission, SubmissionFile } from './submission.entity.js';
import { concernsOf, findNewest, lockAssignment, place } from './submission.repository.js';
import { after, openStatuses } from './submission.rules.js';
import { type HomeworkDraft, handedIn, homeworkDraft, type WantedFile } from './submission-input.rules.js';
import { type UploadedFile, uploadedFiles } from './submission-uploads.js';

const WHICH_ASSIGNMENT = ['input', 'assignmentId'];

/** What a student writes, and what is there of it already. */
interface Writing {
  context: RequestContext;
  wanted: HomeworkDraft;
  /** Uploads that go with the homework for the first time. */
  files: readonly UploadedFile[];
}

/** Doing homework. */
export class SubmissionWritingService {
  constructor(
    private readonly graph: GraphClient,
    private readonly students: StudentAccess,
    private readonly check: JobDefinition<typeof checkPayload>,
  ) {}

  /**
   * Keeps what the viewer has of their homework; nobody else sees it. What was returned becomes the next version.
   *
   * @throws Refusal INVALID_INPUT, NOT_A_STUDENT, NOT_FOUND, NOT_ENROLLED, HANDED_IN, CHANGED, UPLOAD_NOT_FOUND, UPLOAD_NOT_USABLE
   */
  async saveDraft(context: RequestContext, input: unknown): Promise<Submission> {
    const wanted = accept(homeworkDraft, input, context.locale);
    const writing = { context, wanted, files: await this.newFiles(context, wanted) };
    return takingFiles(() => transaction(context.em, async (tx) => (await write(tx, writing)).submission));
  }

  /**
   * Hands homework in: the draft as it is kept, or with what is given here. It is checked soon.
   *
   * @throws Refusal as {@link saveDraft}, and IDEMPOTENCY_KEY_REUSED
   */
  async submit(context: RequestContext, input: unknown): Promise<Submission> {
    const { idempotencyKey: key, ...wanted } = accept(handedIn, input, context.locale);
    const call = { viewerId: context.user.userId, mutation: 'submitHomework', key, input: wanted };
    const writing = { context, wanted, files: await this.newFiles(context, wanted) };
    return takingFiles(() =>
      transaction(context.em, (tx) =>
        once<Submission, { submissionId: string }>(tx, call, {
          work: () => this.handIn(tx, writing),
          reference: ({ id }) => ({ submissionId: id }),
          recall: async ({ submissionId: id }) => {
            const known = await tx.findOne(Submission, { id });
            if (!known) throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_ASSIGNMENT);
            return known;
          },
        }),
      ),
    );
  }

  private async handIn(tx: EntityManager, writing: Writing): Promise<Submission> {
    const { context } = writing;
    const { assignment, submission } = await write(tx, writing);
    if (submission.text.trim() === '' && submission.fileIds.length === 0) {
      throw new Refusal<LearningErrorCode>('INVALID_INPUT', ['input', 'text']);
    }
    const status = after('submit', submission.status);
    if (!status) throw new Refusal<LearningErrorCode>('HANDED_IN', WHICH_ASSIGNMENT);
    const now = new Date();
    place(assignment, submission, status, now);
    submission.submittedAt = now;
    submission.isLate = now > assignment.dueAt;
    assignment.submittedAt = now;
    assignment.isLate = submission.isLate;
    assignment.score = null;
    const { about } = await concernsOf(tx, assignment);
    recordEvent(tx, homeworkSubmitted.create({ subject: submission.id, data: about }));
    await tx.flush();
    await noteActivity(tx, assignment.studentId, 'HOMEWORK', now);
    await enqueue(tx, this.check, { submissionId: submission.id, language: context.locale === 'ru' ? 'ru' : 'en' });
    return submission;
  }

  /** Asks for uploads that do not go with this homework yet, outside any transaction. */
  private async newFiles(context: RequestContext, { assignmentId, files }: HomeworkDraft): Promise<UploadedFile[]> {
    const student = await this.students.requireMine(context);
    const known =
      isId(assignmentId) && (await context.em.count(HomeworkAssignment, { id: assignmentId, studentId: student.id }));
    if (!known) throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_ASSIGNMENT);
    const wanted = new Map((files ?? []).entries());
    if (wanted.size === 0) return [];
    const kept = await context.em.find(SubmissionFile, { assignmentId, removedAt: null });
    const keptIds = new Set(kept.map(({ id }) => id));
    const added = new Map([...wanted].filter(([, { uploadId }]) => !keptIds.has(uploadId)));
    return uploadedFiles(this.graph, context.user.userId, added);
  }
}

/** An upload went with other homework before: removing it there would take it away here. */
async function takingFiles<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    if (violatedConstraint(error) !== 'homework_files_pkey') throw error;
    throw new Refusal<LearningErrorCode>('UPLOAD_NOT_USABLE', ['input', 'files']);
  });
}

/** Writes into the draft, beginning one where there is none. */
async function write(
  tx: EntityManager,
  { wanted, files }: Writing,
): Promise<{ assignment: HomeworkAssignment; submission: Submission }> {
  const assignment = await lockAssignment(tx, wanted.assignmentId);
  if (!assignment) throw new Refusal<LearningErrorCode>('NOT_FOUND', WHICH_ASSIGNMENT);
  const { enrollment } = await concernsOf(tx, assignment);
  if (enrollment.status === 'DROPPED') throw new Refusal<LearningErrorCode>('NOT_ENROLLED', WHICH_ASSIGNMENT);
  if (!openStatuses.includes(assignment.status)) throw new Refusal<LearningErrorCode>('HANDED_IN', WHICH_ASSIGNMENT);
  const newest = await findNewest(tx, assignment);
  const { expectedRevision } = wanted;
  if (expectedRevision && (newest?.revision ?? 0) !== expectedRevision) {
    throw new Refusal<LearningErrorCode>('CHANGED', ['input', 'expectedRevision']);
  }
  const now = new Date();
  const submission = newest?.status === 'DRAFT' ? newest : begin(tx, assignment, newest, now);
  if (typeof wanted.text === 'string') submission.text = wanted.text;
  place(assignment, submission, 'DRAFT', now);
  for (const file of files) {
    tx.persist(Object.assign(new SubmissionFile(), { ...file, assignmentId: assignment.id, removedAt: null }));
  }
  await tx.flush();
  if (wanted.files) await keepFiles(tx, submission, wanted.files, now);
  return { assignment, submission };
}

/** A new version begins with what was handed in before, to be made better. */
function begin(tx: EntityManager, assignment: HomeworkAssignment, previous: Submission | null, now: Date): Submission {
  const submission = Object.assign(new Submission(), {
    id: newId(),
    assignmentId: assignment.id,
    version: assignment.version + 1,
    status: 'DRAFT' as const,
    text: previous?.text ?? '',
    fileIds: previous?.fileIds ?? [],
    submittedAt: null,
    isLate: false,
    revision: 0,
    createdAt: now,
    updatedAt: now,
  });
  tx.persist(submission);
  return submission;
}

/** Sets a draft's files; those that no version shows any longer are removed a little later. */
async function keepFiles(
  tx: EntityManager,
  submission: Submission,
  wanted: readonly WantedFile[],
  now: Date,
): Promise<void> {
  const { assignmentId } = submission;
  const known = await tx.find(SubmissionFile, { assignmentId, removedAt: null });
  const fileIds = wanted.map(({ uploadId }) => uploadId);
  const knownIds = new Set(known.map(({ id }) => id));
  const missing = fileIds.findIndex((id) => !knownIds.has(id));
  if (missing >= 0) {
    throw new Refusal<LearningErrorCode>('UPLOAD_NOT_USABLE', ['input', 'files', String(missing), 'uploadId']);
  }
  submission.fileIds = fileIds;
  const versions = await tx.find(Submission, { assignmentId });
  const shown = new Set([
    ...fileIds,
    ...versions.filter(({ id }) => id !== submission.id).flatMap((one) => one.fileIds),
  ]);
  for (const file of known) {
    const renamed = wanted.find(({ uploadId }) => uploadId === file.id)?.name;
    if (renamed) file.name = renamed;
    if (!shown.has(file.id)) file.removedAt = now;
  }
  await tx.flush();
}
