import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '@tutorgraph/kit/database/id';
import { codeRequested } from '../events.js';
import { recordEventOfUser } from '../users/user-event.js';
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
  constructor(private readonly secret: CodeSecret) {}

  /**
   * Makes a code in place of the one before; messaging sends it once the transaction commits. For nobody's id the same is
   * done and nothing is sent, so that what it takes does not tell whether there is an account.
   */
  async issue(tx: EntityManager, proof: Proof): Promise<void> {
    const id = newId();
    await this.store(tx, { ...proof, id, codeHash: this.secret.hashOf(id, this.secret.codeOf(id)) });
  }

  /**
   * Does what `issue` does, but no code will ever be right and none is sent: whoever asked cannot tell the difference by
   * trying.
   */
  async issueNone(tx: EntityManager, proof: Proof): Promise<void> {
    const id = newId();
    await this.store(tx, { ...proof, id, codeHash: this.secret.hashOfNothing() });
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

  private async store(tx: EntityManager, code: StoredCode): Promise<void> {
    const { id: codeId, purpose, userId: subject } = code;
    await storeCode(tx, code, new Date());
    await recordEventOfUser(tx, codeRequested.create({ subject, data: { codeId, purpose } }));
  }
}
