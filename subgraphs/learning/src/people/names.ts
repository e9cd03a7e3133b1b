import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const person = z.object({ firstName: z.string().nullable(), lastName: z.string().nullable() });

/** What somebody with an account is called, in full; null when accounts does not know. Ask it outside transactions. */
export async function fullName(graph: GraphClient, userId: string): Promise<string | null> {
  const found = await graph.entities('accounts', 'User', [userId], ['firstName', 'lastName']);
  const { firstName, lastName } = person.catch({ firstName: null, lastName: null }).parse(found.get(userId));
  return [firstName, lastName].filter(Boolean).join(' ') || null;
}
