import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import { z } from 'zod';

const broadcastsFile = z.object({
  subscriptions: z.array(z.string()),
  sameForAll: z.record(z.string(), z.array(z.string())),
});

/**
 * What the rooms of a supergraph broadcast, from `broadcasts.json` beside it, where `npm run schema` writes it; nothing
 * where there is no such file.
 *
 * @throws when the file is not what it should be
 */
export async function readBroadcasts(supergraphPath: string): Promise<GraphBroadcasts> {
  const text = await readFile(join(dirname(supergraphPath), 'broadcasts.json'), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? { subscriptions: [], sameForAll: {} } : broadcastsFile.parse(JSON.parse(text));
}
