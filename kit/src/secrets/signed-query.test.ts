import { describe, expect, it } from 'vitest';
import { SignedQueries } from './signed-query.js';

const SECRET = 'a secret that only tests know, long enough';
const until = new Date('2026-11-21T10:05:00Z');
const before = new Date('2026-11-21T10:00:00Z');
const queries = new SignedQueries(SECRET, 'exports');
const grant = { report: 'STUDENTS', from: '2026-01-01' };
const read = (query: string) => Object.fromEntries(new URLSearchParams(query));

describe('a signed query', () => {
  it('allows what was signed, in whatever order, until it expires', () => {
    const query = queries.sign(grant, until);
    expect(queries.read(read(query), before)).toEqual(grant);
    expect(queries.read(Object.fromEntries(Object.entries(read(query)).reverse()), before)).toEqual(grant);
    expect(queries.read(read(query), until)).toBeNull();
  });

  it.each<[string, (query: Record<string, unknown>) => void]>([
    ['another value', (query) => void Object.assign(query, { report: 'DAILY' })],
    ['another time', (query) => void Object.assign(query, { expires: '2030-01-01T00:00:00.000Z' })],
    ['one more word', (query) => void Object.assign(query, { course: 'x' })],
    ['a word twice', (query) => void Object.assign(query, { report: ['STUDENTS', 'STUDENTS'] })],
    ['a word less', (query) => void Reflect.deleteProperty(query, 'from')],
    ['no signature', (query) => void Reflect.deleteProperty(query, 'signature')],
    ['a short signature', (query) => void Object.assign(query, { signature: 'x' })],
  ])('allows nothing with %s', (_what, change) => {
    const query: Record<string, unknown> = read(queries.sign(grant, until));
    change(query);
    expect(queries.read(query, before)).toBeNull();
  });

  it('allows nothing for another purpose, or with another secret', () => {
    const query = read(queries.sign(grant, until));
    expect(new SignedQueries(SECRET, 'receipts').read(query, before)).toBeNull();
    expect(new SignedQueries(`${SECRET}!`, 'exports').read(query, before)).toBeNull();
  });
});
