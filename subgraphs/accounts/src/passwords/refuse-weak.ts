import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { AccountErrorCode } from '../users/user.types.js';
import { findWeakness, type PasswordOwner } from './password.rules.js';

/** @throws Refusal WEAK_PASSWORD (INVALID_INPUT for its length), with what is wrong in the viewer's language */
export function refuseWeak(context: RequestContext, password: string, owner: PasswordOwner, field: string): void {
  const weakness = findWeakness(password, owner);
  if (!weakness) return;
  const code = weakness === 'TOO_SHORT' || weakness === 'TOO_LONG' ? 'INVALID_INPUT' : 'WEAK_PASSWORD';
  const message = context.text(`WEAK_PASSWORD.${weakness}`);
  throw new Refusal<AccountErrorCode>([{ code, field: ['input', field], message }]);
}
