import pg from 'pg';
import { beginStatement } from '../telemetry/sql-spans.js';
import type { TraceSpan } from '../telemetry/tracing.js';
import { countStatement } from './statement-count.js';

/**
 * pg's client; what it sends is counted where a test counts, and a span where somebody traces, whoever sends it: the ORM, a
 * query builder or raw SQL.
 */
export class CountingClient extends pg.Client {}

Object.defineProperty(CountingClient.prototype, 'query', {
  value(this: pg.Client, ...parameters: unknown[]): unknown {
    const text = textOf(parameters[0]);
    countStatement(text);
    const span = beginStatement(text);
    const answer: unknown = Reflect.apply(pg.Client.prototype.query, this, parameters);
    if (span) endWith(answer, span);
    return answer;
  },
});

/** Statements whose caller takes no promise are over for us when they are sent. */
function endWith(answer: unknown, span: TraceSpan): void {
  if (!(answer instanceof Promise)) {
    span.end();
    return;
  }
  answer.then(
    () => span.end(),
    (error: unknown) => {
      span.fail(error);
      span.end();
    },
  );
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'text') : undefined;
  return typeof text === 'string' ? text : '';
}
