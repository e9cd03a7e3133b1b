import type { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { z } from 'zod';

const answer = z.object({ displayName: z.string().min(1) });

/** How an account is shown to strangers; undefined when there is none. @throws SERVICE_UNAVAILABLE */
export async function displayNameOf(graph: GraphClient, userId: string): Promise<string | undefined> {
  const found = await graph.entities('accounts', 'User', [userId], ['displayName']);
  const user = found.get(userId);
  return user && answer.parse(user).displayName;
}
