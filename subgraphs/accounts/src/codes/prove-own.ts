import type { EntityManager } from '@mikro-orm/postgresql';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { unauthenticated } from '@tutorgraph/kit/graphql/errors';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { User } from '../users/user.entity.js';
import { lockUserForChange } from '../users/user.lock.js';
import type { AccountErrorCode } from '../users/user.types.js';
import type { CodeService } from './code.service.js';
import { type CodePurpose, readCode } from './verification-code.rules.js';

/**
 * Carries out what the viewer proves with a code, in one transaction with using it up.
 *
 * @param work is given the viewer's account, locked, and what the code proves
 * @throws Refusal INVALID_CODE, CODE_SPENT
 */
export async function proveOwn(
  context: RequestContext,
  codes: CodeService,
  { purpose, typed }: { purpose: CodePurpose; typed: string },
  work: (tx: EntityManager, user: User, target: string) => Promise<void>,
): Promise<User> {
  const { userId } = context.user;
  const code = readCode(typed);
  // What can be no code costs no try.
  if (!code) throw refused('INVALID_CODE');
  const attempt = await codes.attempt(context.em, { userId, purpose }, code);
  if (attempt.outcome !== 'RIGHT') throw refused(attempt.outcome === 'WRONG' ? 'INVALID_CODE' : 'CODE_SPENT');
  return transaction(context.em, async (tx) => {
    const user = await lockUserForChange(tx, userId);
    if (!user || user.erasedAt) throw unauthenticated();
    if (!(await codes.use(tx, attempt.code))) throw refused('CODE_SPENT');
    await work(tx, user, attempt.code.target);
    return user;
  });
}

function refused(code: 'INVALID_CODE' | 'CODE_SPENT'): Refusal<AccountErrorCode> {
  return new Refusal<AccountErrorCode>(code, ['input', 'code']);
}
