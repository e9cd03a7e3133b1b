import type { EntityManager } from '@mikro-orm/postgresql';
import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import { PayoutAccount } from '../payout-accounts/payout-account.entity.js';

const OF_USER = 'query ($userId: ID!) { tutorOfUser(userId: $userId) { id } }';
const answered = z.object({ tutorOfUser: z.object({ id: z.uuid() }).nullable() });

/** Which tutor of marketplace an account is. */
export class Tutors {
  constructor(private readonly graph: GraphClient) {}

  /** The tutor behind an account; null for one without a profile. Call it outside transactions. */
  async ofUser(em: EntityManager, userId: string): Promise<string | null> {
    // Whoever has a payout account is that tutor for good, and needs no other room for this.
    const account = await em.findOne(PayoutAccount, { userId });
    if (account) return account.tutorId;
    const request = { query: OF_USER, variables: { userId } };
    const { tutorOfUser } = answered.parse(await this.graph.query('marketplace', request, ['tutorOfUser']));
    return tutorOfUser?.id ?? null;
  }

  /** As {@link ofUser}. @throws Refusal TUTOR_PROFILE_REQUIRED */
  async required(em: EntityManager, userId: string): Promise<string> {
    const tutorId = await this.ofUser(em, userId);
    if (!tutorId) throw new Refusal('TUTOR_PROFILE_REQUIRED');
    return tutorId;
  }
}
