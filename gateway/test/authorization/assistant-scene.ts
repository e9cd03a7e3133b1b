import { newId } from '@tutorgraph/kit/database/id';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { decodeJwt } from 'jose';
import type { World } from './world.js';

/** Arguments of what only whoever asked may do: an answer to the viewer. */
export async function ownAnswer({ graph }: World, authorization: string | undefined): Promise<{ answerId: string }> {
  const [sessionId, answerId] = [newId(), newId()];
  const viewer = authorization && decodeJwt(authorization.slice('Bearer '.length)).sub;
  await runSql(
    graph.databaseUrl,
    `insert into learning.assistant_sessions (id, user_id, title, language, last_sequence, last_message_at, created_at)
     values ($1, $2, 'Articles', 'en', 2, now(), now())`,
    [sessionId, viewer ?? newId()],
  );
  await runSql(
    graph.databaseUrl,
    `insert into learning.assistant_messages (id, session_id, sequence, role, text, status, outcome, citations, response_ms, created_at)
     values ($1, $2, 2, 'ASSISTANT', 'A or an.', 'DONE', 'ANSWERED', '[]', 1, now())`,
    [answerId, sessionId],
  );
  return { answerId };
}
