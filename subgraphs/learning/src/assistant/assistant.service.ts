import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { Connection } from '@tutorgraph/kit/graphql/connection';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { once } from '@tutorgraph/kit/idempotency/idempotency';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import type { PageRequest } from '@tutorgraph/kit/pagination/keyset';
import type { LearningErrorCode } from '../errors.js';
import { type KnowledgeLanguage, languageOf } from '../knowledge/knowledge.rules.js';
import { findOwnRecording } from '../speech/recording.repository.js';
import { noteActivity } from '../students/activity.js';
import { findStudentOf } from '../students/student.repository.js';
import type { AnswerQuestionJob } from './answer-question.job.js';
import { AssistantMessage, AssistantSession } from './assistant.entity.js';
import { findOwnAnswer, findReadableSession, findSessionsOf, lockOwnSession } from './assistant.repository.js';
import { MOST_QUESTION, newQuestion, newRating } from './assistant.rules.js';

/** A question and the answer that is being written. */
export interface Asked {
  session: AssistantSession;
  question: AssistantMessage;
  answer: AssistantMessage;
}

type Question = Omit<ReturnType<typeof newQuestion.parse>, 'idempotencyKey'>;

const TITLE_LENGTH = 80;

/** Conversations with the assistant. */
export class AssistantService {
  constructor(
    private readonly live: LiveStream,
    private readonly job: AnswerQuestionJob,
  ) {}

  /** Asks; a job writes the answer. @throws Refusal INVALID_INPUT, NOT_FOUND, RECORDING_NOT_READY, IDEMPOTENCY_KEY_REUSED */
  async ask(context: RequestContext, input: unknown): Promise<Asked> {
    const { idempotencyKey: key, ...wanted } = accept(newQuestion, input, context.locale);
    // Before the first event about the answer: whoever listens from here on misses nothing.
    const startCursor = await this.now(context.signal);
    const call = { viewerId: context.user.userId, mutation: 'askAssistant', key, input: wanted };
    return transaction(context.em, (tx) =>
      once<Asked, { answerId: string }>(tx, call, {
        work: () => this.write(context, tx, wanted, startCursor),
        reference: ({ answer }) => ({ answerId: answer.id }),
        recall: ({ answerId }) => recall(tx, answerId),
      }),
    );
  }

  /** What somebody thinks of an answer, which may be changed. @throws Refusal INVALID_INPUT, NOT_FOUND, ANSWER_UNFINISHED */
  async rate(context: RequestContext, input: unknown): Promise<AssistantMessage> {
    const { answerId, rating } = accept(newRating, input, context.locale);
    return transaction(context.em, async (tx) => {
      const answer = await findOwnAnswer(tx, answerId, context.user.userId);
      if (!answer) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'answerId']);
      if (answer.status !== 'DONE') throw new Refusal<LearningErrorCode>('ANSWER_UNFINISHED', ['input', 'answerId']);
      answer.rating = rating;
      answer.resolved = rating === 'HELPFUL';
      return answer;
    });
  }

  /** A page of the viewer's conversations, the latest first. */
  sessions(context: RequestContext, page: PageRequest): Promise<Connection<AssistantSession>> {
    return findSessionsOf(context.em, context.user.userId, page);
  }

  /** A conversation that the viewer may read; null when there is none. */
  session(context: RequestContext, id: string): Promise<AssistantSession | null> {
    return findReadableSession(context, id);
  }

  private async write(
    context: RequestContext,
    tx: EntityManager,
    asked: Question,
    startCursor: string | null,
  ): Promise<Asked> {
    const { userId } = context.user;
    const now = new Date();
    const { text, language: written } = await wordsOf(tx, asked, userId);
    const session = asked.sessionId
      ? await lockOwnSession(tx, asked.sessionId, userId)
      : tx.create(AssistantSession, {
          ...{ id: newId(), userId, title: text.slice(0, TITLE_LENGTH), language: written },
          ...{ lastSequence: 0, lastMessageAt: now, createdAt: now },
        });
    if (!session) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input', 'sessionId']);
    const common = { sessionId: session.id, citations: [], createdAt: now };
    const question = tx.create(AssistantMessage, {
      ...{ ...common, id: newId(), sequence: session.lastSequence + 1, role: 'STUDENT', status: 'DONE', text },
    });
    const answer = tx.create(AssistantMessage, {
      ...{ ...common, id: newId(), sequence: session.lastSequence + 2, role: 'ASSISTANT', status: 'WRITING', text: '' },
      startCursor,
    });
    Object.assign(session, { lastSequence: answer.sequence, lastMessageAt: now, language: written });
    await tx.flush();
    const student = await findStudentOf(tx, userId);
    if (student) await noteActivity(tx, student.id, 'QUESTION', now);
    await enqueue(tx, this.job, { answerId: answer.id });
    return { session, question, answer };
  }

  /** Where the stream is. */
  private async now(signal: AbortSignal): Promise<string | null> {
    for await (const { cursor } of this.live.subscribe({ keys: [], types: [], signal })) return cursor;
    return null;
  }
}

/** What is asked, and the language to answer in. */
async function wordsOf(
  tx: EntityManager,
  { question, recordingId, language }: Question,
  userId: string,
): Promise<{ text: string; language: KnowledgeLanguage }> {
  if (question !== undefined) return { text: question, language: language ?? languageOf(question) };
  const field = ['input', 'recordingId'];
  const recording = recordingId === undefined ? null : await findOwnRecording(tx, recordingId, userId);
  if (!recording) throw new Refusal<LearningErrorCode>('NOT_FOUND', field);
  if (recording.status !== 'DONE') throw new Refusal<LearningErrorCode>('RECORDING_NOT_READY', field);
  const text = recording.transcript.slice(0, MOST_QUESTION).toWellFormed();
  return { text, language: language ?? recording.language ?? languageOf(text) };
}

async function recall(tx: EntityManager, answerId: string): Promise<Asked> {
  const answer = await tx.findOne(AssistantMessage, { id: answerId });
  const session = answer && (await tx.findOne(AssistantSession, { id: answer.sessionId }));
  const question =
    answer && (await tx.findOne(AssistantMessage, { sessionId: answer.sessionId, sequence: answer.sequence - 1 }));
  if (!(answer && session && question)) throw new Refusal<LearningErrorCode>('NOT_FOUND', ['input']);
  return { session, question, answer };
}
