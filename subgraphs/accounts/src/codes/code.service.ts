import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { enqueue } from '@tutorgraph/kit/jobs/jobs';
import { sql } from 'kysely';
import { codeRequested } from '../events.js';
import type { DeliverCodeJob } from '../jobs/deliver-code.job.js';
import type { CodeSecret } from './code-secret.js';
import { type StoredCode, storeCode, takeAttempt, useCode } from './verification-code.repository.js';

/** What a code is to prove, and for whom. */
export type Proof = Pick<StoredCode, 'userId' | 'purpose' | 'target'>;

/** What came of trying a code. */
export type Attempt =
  /** It was right; `use` it in the transaction of what it allows. */
  | { outcome: 'RIGHT'; code: StoredCode }
  | { outcome: 'WRONG' }
  /** No code is waiting: none was asked for, or it has expired, was used or was tried five times. */
  | { outcome: 'SPENT' };

/** Codes that prove an address, a number or a lost password. */
export class CodeService {
  constructor(
    private readonly secret: CodeSecret,
    private readonly delivery: DeliverCodeJob,
  ) {}

  /**
   * Makes a code in place of the one before and has it sent once the transaction commits. For nobody's id the same is
   * done and nothing is sent, so that what it takes does not tell whether there is an account.
   */
  async issue(tx: EntityManager, proof: Proof): Promise<void> {
    const id = newId();
    const isStored = await storeCode(
      tx,
      { ...proof, id, codeHash: this.secret.hashOf(id, this.secret.codeOf(id)) },
      new Date(),
    );
    const data = { codeId: id, purpose: proof.purpose };
    if (isStored) recordEvent(tx, codeRequested.create({ subject: proof.userId, data }));
    else await standInForEvent(tx);
    await enqueue(tx, this.delivery, { codeId: id });
  }

  /**
   * Does what `issue` does, but no code will ever be right and none is sent: whoever asked cannot tell the difference by
   * trying.
   */
  async issueNone(tx: EntityManager, proof: Proof): Promise<void> {
    const id = newId();
    await storeCode(tx, { ...proof, id, codeHash: this.secret.hashOfNothing() }, new Date());
    await enqueue(tx, this.delivery, { codeId: id });
  }

  /** Tries a code: counts the try for good, then compares. */
  async attempt(em: EntityManager, proof: Omit<Proof, 'target'>, code: string): Promise<Attempt> {
    const stored = await takeAttempt(em, proof, new Date());
    if (!stored) return { outcome: 'SPENT' };
    return this.secret.isRight(stored.id, code, stored.codeHash)
      ? { outcome: 'RIGHT', code: stored }
      : { outcome: 'WRONG' };
  }

  /** Uses a code up with what it allows: of several at once, one. @returns false for all others */
  use(tx: EntityManager, code: StoredCode): Promise<boolean> {
    return useCode(tx, code.id, new Date());
  }
}

/** Stands for the event of whoever has an account: another statement on the same table. */
async function standInForEvent(tx: EntityManager): Promise<void> {
  await sql`insert into accounts.outbox (event) select event from accounts.outbox where false`.execute(tx.getKysely());
}
