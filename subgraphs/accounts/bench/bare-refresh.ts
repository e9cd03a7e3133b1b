import { randomUUID } from 'node:crypto';
import { openPool } from '@tutorgraph/kit/bench/database';
import { type Load, repeat } from '@tutorgraph/kit/bench/load';

const STATEMENTS = [
  'select u.id from accounts.users u join accounts.sessions s on s.user_id = u.id where s.id = $1 for share of u',
  'select * from accounts.sessions where id = $1 for update',
] as const;

/** The statements of refreshing a session without anything around them, in the same tables. */
export async function bareRefreshing(
  databaseUrl: string,
  sessionIds: readonly string[],
): Promise<Load & { close(): Promise<void> }> {
  const pool = openPool(databaseUrl, sessionIds.length);
  const hashes = sessionIds.map(() => randomUUID());
  const insert = 'insert into accounts.refresh_tokens (token_hash, session_id, created_at) values ($1, $2, now())';
  for (const [lane, hash] of hashes.entries()) await pool.query(insert, [hash, sessionIds[lane]]);
  const load = repeat(async (_index, lane) => {
    const [sessionId, hash, next] = [sessionIds[lane], hashes[lane], randomUUID()];
    const client = await pool.connect();
    await client.query('begin');
    for (const statement of STATEMENTS) await client.query(statement, [sessionId]);
    await client.query('select * from accounts.refresh_tokens where token_hash = $1', [hash]);
    await client.query('update accounts.refresh_tokens set replaced_at = now() where token_hash = $1', [hash]);
    await client.query(insert, [next, sessionId]);
    await client.query('update accounts.sessions set last_used_at = now() where id = $1', [sessionId]);
    await client.query('commit');
    client.release();
    hashes[lane] = next;
  });
  return { ...load, close: () => pool.end() };
}
