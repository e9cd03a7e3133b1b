import pg from 'pg';
import { countStatement } from './statement-count.js';

/** pg's client; what it sends is counted where a test counts, whoever sends it: the ORM, a query builder or raw SQL. */
export class CountingClient extends pg.Client {}

Object.defineProperty(CountingClient.prototype, 'query', {
  value(this: pg.Client, ...parameters: unknown[]): unknown {
    countStatement(textOf(parameters[0]));
    return Reflect.apply(pg.Client.prototype.query, this, parameters);
  },
});

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const text: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, 'text') : undefined;
  return typeof text === 'string' ? text : '';
}
