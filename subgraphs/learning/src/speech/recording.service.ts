import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction, violatedConstraint } from '@tutorgraph/kit/database/transaction';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { ObjectStorage } from '@tutorgraph/kit/storage/object-storage';
import type { LearningErrorCode } from '../errors.js';
import type { StudentAccess } from '../students/student-access.js';
import { SpeechRecording } from './recording.entity.js';
import { findHeard, findOwnRecording, findRecordingsOf } from './recording.repository.js';
import { newRecording, recordingDeletion } from './recording.rules.js';
import { uploadedRecording } from './recording-upload.js';
import type { removeRecordingJob } from './remove-recording.job.js';
import type { TranscribeRecordingJob } from './transcribe-recording.job.js';

const UPLOAD = ['input', 'uploadId'];
const FILE_SECONDS = 60 * 60;
const SAME_ADDRESS_SECONDS = 10 * 60;

/** What works on recordings outside requests. */
interface RecordingJobs {
  transcribe: TranscribeRecordingJob;
  remove: ReturnType<typeof removeRecordingJob>;
}

/** Speech of students. */
export class RecordingService {
  constructor(
    private readonly graph: GraphClient,
    private readonly students: StudentAccess,
    private readonly storage: ObjectStorage,
    private readonly jobs: RecordingJobs,
    /** Is there anything that writes speech down? */
    private readonly isAvailable: boolean,
  ) {}

  /**
   * Takes the viewer's upload; a job writes down what is said in it.
   *
   * @throws Refusal INVALID_INPUT, NOT_A_STUDENT, SPEECH_NOT_AVAILABLE, UPLOAD_NOT_FOUND, RECORDING_NOT_USABLE, IDEMPOTENCY_KEY_REUSED
   */
  async transcribe(context: RequestContext, input: unknown): Promise<SpeechRecording> {
    const { idempotencyKey: key, ...wanted } = accept(newRecording, input, context.locale);
    if (!this.isAvailable) throw new Refusal<LearningErrorCode>('SPEECH_NOT_AVAILABLE');
    const { id: studentId } = await this.students.requireMine(context);
    const { userId: viewerId } = context.user;
    const file = await uploadedRecording(this.graph, viewerId, wanted.uploadId);
    const call = { viewerId, mutation: 'transcribeRecording', key, input: wanted };
    const write = async (tx: EntityManager): Promise<SpeechRecording> => {
      const { uploadId: id, purpose, language = null } = wanted;
      const recording = tx.create(SpeechRecording, {
        ...{ id, studentId, purpose, language, ...file },
        ...{ status: 'QUEUED', transcript: '', words: [], createdAt: new Date() },
      });
      await tx.flush();
      await enqueue(tx, this.jobs.transcribe, { recordingId: id, language: context.locale === 'ru' ? 'ru' : 'en' });
      return recording;
    };
    return takenOnce(() =>
      transaction(context.em, (tx) =>
        once<SpeechRecording, { recordingId: string }>(tx, call, {
          work: () => write(tx),
          reference: ({ id }) => ({ recordingId: id }),
          recall: async ({ recordingId }) => {
            const known = await findOwnRecording(tx, recordingId, viewerId);
            if (!known) throw new Refusal<LearningErrorCode>('UPLOAD_NOT_FOUND', UPLOAD);
            return known;
          },
        }),
      ),
    );
  }

  /** Takes a recording of the viewer's own back, with all that was made of it. @throws Refusal NOT_FOUND */
  async remove(context: RequestContext, input: unknown): Promise<string> {
    const { recordingId } = accept(recordingDeletion, input, context.locale);
    return transaction(context.em, async (tx) => {
      const recording = await findOwnRecording(tx, recordingId, context.user.userId);
      if (!recording) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'recordingId']);
      recording.removedAt = new Date();
      await tx.flush();
      await enqueue(tx, this.jobs.remove, { recordingId: recording.id });
      return recording.id;
    });
  }

  /** A recording that the viewer may hear; null when there is none. */
  find(context: RequestContext, id: string): Promise<SpeechRecording | null> {
    return findHeard(context, id);
  }

  /** Recordings of the viewer, or of a student whom they see; none of others. */
  async list(context: RequestContext, page: PageRequest, studentId?: string): Promise<Connection<SpeechRecording>> {
    const whose = studentId ?? (await this.students.mine(context))?.id ?? '';
    return findRecordingsOf(context, whose, page);
  }

  /** Where the file can be had for an hour. */
  url({ key, id, contentType }: SpeechRecording): Promise<string> {
    return this.storage.signGet(key, {
      expiresInSeconds: FILE_SECONDS + SAME_ADDRESS_SECONDS,
      stableForSeconds: SAME_ADDRESS_SECONDS,
      downloadName: `recording-${id}.${contentType.split('/')[1]}`,
    });
  }
}

/** An upload is taken once, whoever comes first. */
async function takenOnce<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    if (violatedConstraint(error) !== 'speech_recordings_pkey') throw error;
    throw new Refusal<LearningErrorCode>('RECORDING_NOT_USABLE', UPLOAD);
  });
}
