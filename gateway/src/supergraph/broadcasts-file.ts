import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { GraphBroadcasts } from '@tutorgraph/kit/graphql/broadcasts';
import { z } from 'zod';
import { BROADCASTS_FILE } from './supergraph-source.js';

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
  const text = await readFile(join(dirname(supergraphPath), BROADCASTS_FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return parseBroadcasts(text);
}

/** The same from its text. @throws when it is not what it should be */
export function parseBroadcasts(text: string | undefined): GraphBroadcasts {
  return text === undefined ? { subscriptions: [], sameForAll: {} } : broadcastsFile.parse(JSON.parse(text));
}
