import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { BroadcastRules } from '../src/subscriptions/broadcast-rules.js';

const schema = buildSchema(`
  type Query { any: String }
  type Subscription { rang(after: String): RangEvent tolled: RangEvent }
  type RangEvent { cursor: String! bell: Bell mine: Boolean! thing: Thing item: Item }
  type Bell implements Item { id: ID! name(in: String): String! secret: String }
  type Rope implements Item { id: ID! name(in: String): String! length: Int }
  interface Item { id: ID! name(in: String): String! }
  union Thing = Bell | Rope
`);
const rules = new BroadcastRules(schema, {
  subscriptions: ['rang'],
  sameForAll: { RangEvent: ['cursor', 'bell', 'thing', 'item'], Bell: ['name'], Rope: ['length'] },
});

function isSame(query: string, operationName?: string): boolean {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return rules.isSameForAll(document, operationName);
}

describe('a subscription says the same to all', () => {
  test.each([
    'subscription { rang { cursor bell { id name } } }',
    'subscription ($in: String) { again: rang(after: "x") { __typename c: cursor bell { title: name(in: $in) } } }',
    'subscription { rang { ...Rung } } fragment Rung on RangEvent { bell { ... on Bell { name } } }',
    'subscription { rang { thing { ... on Bell { id name } ... on Rope { length } __typename } item { id } } }',
  ])('when all that it selects is declared: %s', (query) => {
    expect(isSame(query)).toBe(true);
  });

  test.each([
    'subscription { tolled { cursor } }',
    'subscription { rang { cursor mine } }',
    'subscription { rang { bell { name secret } } }',
    'subscription { rang { id: mine } }',
    'subscription { rang { ...Rung } } fragment Rung on RangEvent { bell { ...Whole } } fragment Whole on Bell { secret }',
    'subscription ($no: Boolean = false) { rang { cursor mine @include(if: $no) } }',
    // Of a rope the name may be another for each.
    'subscription { rang { item { name } } }',
    'subscription { rang { thing { ... on Item { name } } } }',
  ])('and not when anything is not: %s', (query) => {
    expect(isSame(query)).toBe(false);
  });

  test('by what the operation that is run selects, whatever else the document holds', () => {
    const both = 'subscription All { rang { cursor } } subscription Own { rang { mine } }';
    expect([isSame(both, 'All'), isSame(both, 'Own'), isSame(both, 'None')]).toEqual([true, false, false]);
  });
});
