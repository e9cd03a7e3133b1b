import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { sql } from 'kysely';
import { assistantAnswered } from '../events.js';
import type { AnswerOutcome, Citation } from './assistant.rules.js';

/** Which answer is written. */
export interface WrittenAnswer {
  id: string;
  sessionId: string;
  userId: string;
  createdAt: Date;
}

/** What stands behind a complete answer. */
export interface AnswerEnd {
  outcome: AnswerOutcome;
  citations: readonly Citation[];
  degraded: boolean;
  model: string;
}

/** Somebody else writes this answer now, or it is gone. */
export class AnswerTakenOver extends Error {
  override readonly name = 'AnswerTakenOver';
}

const EVERY_MS = 100;

/**
 * Writes an answer bit by bit: its row grows, and each time an event says from where to where, so that a listener finds the piece
 * in the row and the text is in no event. What comes within a tenth of a second goes together: a token would be a
 * transaction each otherwise, and nobody reads faster. Beginning anew makes another revision, by which an older writer is shut out.
 */
export class AnswerWriter {
  private written = 0;
  private waiting = '';
  private lastAt = 0;

  private constructor(
    private readonly em: EntityManager,
    private readonly answer: WrittenAnswer,
    readonly revision: number,
  ) {}

  /** @throws AnswerTakenOver when the answer is complete */
  static async begin(em: EntityManager, answer: WrittenAnswer): Promise<AnswerWriter> {
    const revision = await transaction(em, async (tx) => {
      const { rows } = await sql<{ revision: number }>`
        update learning.assistant_messages set revision = revision + 1, text = ''
         where id = ${answer.id} and status = 'WRITING' returning revision`.execute(tx.getKysely());
      const [row] = rows;
      if (!row) throw new AnswerTakenOver();
      // Who has read an earlier revision drops it.
      if (row.revision > 1) tell(tx, answer, { revision: row.revision, from: 0, to: 0, isLast: false });
      return row.revision;
    });
    return new AnswerWriter(em, answer, revision);
  }

  /** Takes a piece, and writes what has gathered when it is time. @throws AnswerTakenOver */
  async append(piece: string): Promise<void> {
    this.waiting += piece;
    if (!this.waiting || performance.now() - this.lastAt < EVERY_MS) return;
    await this.write(null);
  }

  /** Writes the rest; the answer is complete. @throws AnswerTakenOver */
  async finish(end: AnswerEnd): Promise<void> {
    await this.write(end);
  }

  private async write(end: AnswerEnd | null): Promise<void> {
    const piece = this.waiting;
    const [from, to] = [this.written, this.written + piece.length];
    const set = end
      ? sql`, status = 'DONE', outcome = ${end.outcome}, citations = ${JSON.stringify(end.citations)}::jsonb,
          degraded = ${end.degraded}, model = ${end.model},
          response_ms = ${Math.max(0, Date.now() - this.answer.createdAt.getTime())}`
      : sql``;
    await transaction(this.em, async (tx) => {
      const { numAffectedRows } = await sql`
        update learning.assistant_messages set text = text || ${piece} ${set}
         where id = ${this.answer.id} and status = 'WRITING' and revision = ${this.revision}`.execute(tx.getKysely());
      if (numAffectedRows !== 1n) throw new AnswerTakenOver();
      tell(tx, this.answer, { revision: this.revision, from, to, isLast: end !== null });
    });
    this.waiting = '';
    this.written = to;
    this.lastAt = performance.now();
  }
}

interface Told {
  revision: number;
  from: number;
  to: number;
  isLast: boolean;
}

function tell(tx: EntityManager, { id, sessionId, userId }: WrittenAnswer, told: Told): void {
  recordEvent(tx, assistantAnswered.create({ subject: id, data: { sessionId, userId, ...told } }));
}
