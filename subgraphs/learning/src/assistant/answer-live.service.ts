import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { endable } from '@tutorgraph/kit/events/endable';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { assistantAnswered } from '../events.js';
import type { AnswerQuestionJob } from './answer-question.job.js';
import { AssistantMessage } from './assistant.entity.js';
import { findOwnAnswer } from './assistant.repository.js';

/** A piece of an answer as its listener gets it. */
export interface AnswerPiece {
  cursor: string;
  /** Null when the message only tells the cursor. */
  piece: string | null;
  offset: number;
  isComplete: boolean;
  answer: AssistantMessage;
}

/** After so long without an end the writer is taken for dead. */
const GIVEN_UP_MS = 40_000;
/** So often it is looked whether an answer of which nothing is heard is complete. */
const SILENCE_MS = 3_000;

/** Answers that people read while they are written. */
export class AnswerLiveService {
  constructor(
    private readonly em: EntityManager,
    private readonly live: LiveStream,
    private readonly job: AnswerQuestionJob,
  ) {}

  /**
   * An answer from its beginning, or behind a cursor; it ends with the answer. While it is written it is replayed from before its
   * first event, not read from its row: the row may be ahead of the stream, and then a cursor would say less than was shown.
   *
   * @throws FORBIDDEN unless the viewer asked
   */
  async watch(
    context: RequestContext,
    answerId: string,
    after: string | null | undefined,
  ): Promise<AsyncIterable<AnswerPiece>> {
    const answer = await findOwnAnswer(context.em, answerId, context.user.userId);
    if (!answer) throw forbidden('Only whoever asked may listen to the answer');
    await this.revive(answer);
    const isOver = answer.status === 'DONE' && !after;
    const from = isOver ? null : (after ?? answer.startCursor);
    return endable((ended) => this.pieces(answerId, from, isOver, ended), context.signal);
  }

  private async *pieces(
    id: string,
    after: string | null | undefined,
    isOver: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerPiece, void, void> {
    const messages = this.live.subscribe({ after, keys: [`assistant:${id}`], types: [assistantAnswered.type], signal });
    let cursor = '';
    for await (const message of orSilence(messages)) {
      const answer = await this.em.fork().findOne(AssistantMessage, { id });
      if (!answer) return;
      cursor = message?.cursor ?? cursor;
      if (isOver || (!message && answer.status === 'DONE')) {
        // Nothing more comes of it: all events are behind the cursor, or older than the stream's history.
        yield { cursor, piece: answer.text, offset: 0, isComplete: true, answer };
        return;
      }
      if (!message) continue;
      const piece = pieceOf(message, answer);
      if (piece) yield piece;
      if (piece?.isComplete) return;
    }
  }

  /** Somebody waits: what a process left behind when it died is not left to the job's own time. */
  private async revive({ id, status, createdAt }: AssistantMessage): Promise<void> {
    if (status !== 'WRITING' || Date.now() - createdAt.getTime() < GIVEN_UP_MS) return;
    await transaction(this.em, (tx) => enqueue(tx, this.job, { answerId: id }));
  }
}

/** What a message adds to the answer; null when that is of an earlier revision, whose text is gone: the next begins at 0. */
function pieceOf({ cursor, event }: LiveMessage, answer: AssistantMessage): AnswerPiece | null {
  if (!event) return { cursor, piece: null, offset: 0, isComplete: false, answer };
  const { revision, from, to, isLast } = assistantAnswered.parse(event);
  if (revision !== answer.revision) return null;
  return { cursor, piece: answer.text.slice(from, to), offset: from, isComplete: isLast, answer };
}

/** Messages, and undefined whenever none has come for a while. */
async function* orSilence(
  messages: AsyncGenerator<LiveMessage, void, void>,
): AsyncGenerator<LiveMessage | undefined, void, void> {
  try {
    for (let next = messages.next(); ; ) {
      const timer = new AbortController();
      const silence = delay(SILENCE_MS, undefined, { signal: timer.signal, ref: false }).catch(() => undefined);
      const result = await Promise.race([next, silence]);
      timer.abort();
      if (!result) {
        yield undefined;
        continue;
      }
      if (result.done) return;
      yield result.value;
      next = messages.next();
    }
  } finally {
    await messages.return();
  }
}
