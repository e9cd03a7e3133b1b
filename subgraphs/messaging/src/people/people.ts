import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import type { MessagingErrorCode } from '../errors.js';

/** Who has an account, as accounts knows it. Ask it outside transactions. */
export class People {
  constructor(private readonly graph: GraphClient) {}

  /** Has each of them an account? */
  async exist(userIds: readonly string[]): Promise<boolean> {
    const found = await this.graph.entities('accounts', 'User', userIds, ['displayName']);
    return userIds.every((id) => found.has(id));
  }

  /** Has somebody an account that was not erased? */
  async isHere(userId: string): Promise<boolean> {
    const found = await this.graph.entities('accounts', 'User', [userId], ['isErased']);
    return found.get(userId)?.['isErased'] === false;
  }

  /** @throws Refusal PERSON_NOT_FOUND unless each of them has an account */
  async require(userIds: readonly string[], field: readonly string[]): Promise<void> {
    if (!(await this.exist(userIds))) throw new Refusal<MessagingErrorCode>('PERSON_NOT_FOUND', field);
  }
}
