import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type DeclaredBroadcasts, mergeBroadcasts } from './broadcasts.js';

const rings = buildSchema(`
  type Query { any: String }
  type Subscription { rang(after: String): RangEvent tolled(from: String): TolledEvent }
  type RangEvent { cursor: String! bell: Bell noLongerFor: [ID!]! }
  type TolledEvent { cursor: String bell: Bell }
  type Bell { id: ID! name: String! ringer: Person! }
  type Person { id: ID! }
`);
const people = buildSchema(
  'type Query { any: String } type Person { id: ID! name: String! photo: String secret: String }',
);

describe('what rooms broadcast', () => {
  it('is put together in one order, whoever declares it', () => {
    const declared: DeclaredBroadcasts[] = [
      { room: 'people', schema: people, broadcasts: { sameForAll: { Person: ['photo', 'name'] } } },
      {
        room: 'bells',
        schema: rings,
        broadcasts: {
          subscriptions: ['rang'],
          sameForAll: { RangEvent: ['cursor', 'bell'], Bell: ['name', 'ringer'] },
        },
      },
    ];
    const merged = mergeBroadcasts(declared);
    expect(merged).toEqual({
      subscriptions: ['rang'],
      sameForAll: { Bell: ['name', 'ringer'], Person: ['name', 'photo'], RangEvent: ['bell', 'cursor'] },
    });
    expect(JSON.stringify(mergeBroadcasts(declared.reverse()))).toBe(JSON.stringify(merged));
  });

  it('must be in the schema, and name who hears no more', () => {
    const broadcasts = { subscriptions: ['tolled', 'silent'], sameForAll: { Bell: ['colour'], Person: ['name'] } };
    expect(() => mergeBroadcasts([{ room: 'bells', schema: rings, broadcasts }])).toThrow(
      [
        'Broadcasts do not fit the schema:',
        'bells: Subscription.tolled needs the argument after: String',
        'bells: Subscription.tolled needs cursor: String! in its event',
        'bells: Subscription.tolled needs noLongerFor: [ID!]! in its event',
        'bells: Subscription.silent is not there',
        'bells: there is no Bell.colour',
        'bells: there is no Person.name',
      ].join('\n'),
    );
  });
});
