import type pg from 'pg';
import { CountingClient } from './counting-client.js';

/**
 * pg's client as our pools use it: one whose transaction cannot begin or roll back, because its connection is lost, goes
 * back to its pool, which throws it away. Kysely's controlled transactions, on which the ORM's are built, keep it for ever
 * (kysely-org/kysely#1990): after as many lost connections as the pool has, a process would wait for one until it is
 * restarted.
 */
export class PooledClient extends CountingClient {}

const BOUNDARY = /^(begin|start transaction|rollback)\b(?! to)/;

Object.defineProperty(PooledClient.prototype, 'query', {
  value(this: pg.Client, ...parameters: unknown[]): unknown {
    const answer: unknown = Reflect.apply(CountingClient.prototype.query, this, parameters);
    const [text] = parameters;
    if (answer instanceof Promise && typeof text === 'string' && BOUNDARY.test(text)) {
      answer.catch((error: unknown) => giveBack(this, error));
    }
    return answer;
  },
});

/** The pool puts `release` on a client when it hands it out. */
function giveBack(client: pg.Client, error: unknown): void {
  const release: unknown = Reflect.get(client, 'release');
  if (typeof release === 'function') Reflect.apply(release, client, [error]);
}
