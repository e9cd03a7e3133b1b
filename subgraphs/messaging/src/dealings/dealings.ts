import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const reference = z.object({ id: z.uuid() }).nullish();
const dealings = z.object({ isPaid: z.boolean() }).nullable();

const DEALINGS = `query ($userId: ID!, $otherUserId: ID!) {
  dealings(userId: $userId, otherUserId: $otherUserId) { isPaid }
}`;

/** What two people have to do with each other, as marketplace knows it. */
type Dealing = NonNullable<z.output<typeof dealings>>;

/** Asks marketplace who has to do with whom. Ask it outside transactions. */
export class Dealings {
  constructor(private readonly graph: GraphClient) {}

  /** An application or booking between two people, whichever of them teaches; null when there is none. */
  async between(userId: string, otherUserId: string): Promise<Dealing | null> {
    const variables = { userId, otherUserId };
    const data = await this.graph.query('marketplace', { query: DEALINGS, variables }, ['dealings']);
    return dealings.parse(data['dealings']);
  }

  /** The account behind a tutor's profile; null when there is none any longer. */
  async accountOfTutor(tutorId: string): Promise<string | null> {
    const found = await this.graph.entities('marketplace', 'Tutor', [tutorId], ['user { id }']);
    return reference.parse(found.get(tutorId)?.['user'])?.id ?? null;
  }

  /** Who posted an order; null when it is gone. */
  async studentOfOrder(orderId: string): Promise<string | null> {
    const found = await this.graph.entities('marketplace', 'Order', [orderId], ['student { id }']);
    return reference.parse(found.get(orderId)?.['student'])?.id ?? null;
  }
}
