import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedFor } from './authorization/audience.js';
import { minimalOperation } from './authorization/minimal-operation.js';
import { outcomeOf } from './authorization/outcome.js';
import { type Person, people } from './authorization/people.js';
import { accounts } from './authorization/roots/accounts.js';
import { learning } from './authorization/roots/learning.js';
import { marketplace } from './authorization/roots/marketplace.js';
import { messaging } from './authorization/roots/messaging.js';
import { payments } from './authorization/roots/payments.js';
import { recommendations } from './authorization/roots/recommendations.js';
import { detailed, type RootType, type Row, type Table } from './authorization/table.js';
import { World } from './authorization/world.js';

/** The rows of every room. */
const tables: Readonly<Record<string, Table>> = {
  accounts,
  learning,
  marketplace,
  messaging,
  payments,
  recommendations,
};
const ROOTS = ['Query', 'Mutation', 'Subscription'] as const;
/** What federation adds to every room; it shows nothing that the entities' own rules do not. */
const FEDERATION = ['_entities', '_service'];

const rows = Object.entries(tables).flatMap(([room, table]) =>
  ROOTS.flatMap((root) => Object.entries(table[root]).map(([name, row]) => ({ room, root, name, row }))),
);

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.close());

describe('the table of rights', () => {
  it('has a row for every root field of every room, and no other', () => {
    const written = rows.map(({ room, root, name }) => `${room} ${root}.${name}`);
    const existing = [...world.graph.rooms.values()].flatMap(({ name: room, subgraph }) =>
      ROOTS.flatMap((root) => fieldNames(subgraph.schema, root).map((name) => `${room} ${root}.${name}`)),
    );
    const fieldsWithoutRow = existing.filter((field) => !written.includes(field));
    const rowsWithoutField = written.filter((field) => !existing.includes(field));
    expect({ fieldsWithoutRow, rowsWithoutField }).toEqual({ fieldsWithoutRow: [], rowsWithoutField: [] });
  });
});

describe('a root field is for whom the table says, and nobody else:', () => {
  it.each(rows.map((row) => [`${row.root}.${row.name}`, row] as const))('%s', async (_, { room, root, name, row }) => {
    const outcomes = await Promise.all(people.map((person) => tried(room, root, name, row, person)));
    const { who } = detailed(row);
    const expected = people.map((person) => [person.name, expectedFor(person, who, root === 'Mutation')]);
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(expected));
  });
});

/** Tries one root field as one kind of viewer: at the gateway, or at the room where the gateway does not show it. */
async function tried(room: string, root: RootType, name: string, row: Row, person: Person): Promise<[string, string]> {
  const authorization = await world.signIn(person);
  const given = await detailed(row).prepare(world, authorization);
  const shown = fieldOf(world.api, root, name);
  const operation = minimalOperation(root, shown ?? ownField(room, root, name), given);
  if (!shown) return [person.name, outcomeOf(name, await world.askRoom(room, operation, authorization))];
  const ask = root === 'Subscription' ? world.subscribe(operation, authorization) : world.ask(operation, authorization);
  return [person.name, outcomeOf(name, await ask)];
}

function ownField(room: string, root: RootType, name: string): GraphQLField<unknown, unknown> {
  const schema = world.graph.rooms.get(room)?.subgraph.schema;
  const field = schema && fieldOf(schema, root, name);
  if (!field) throw new Error(`${room} has no ${root}.${name}; remove its row`);
  return field;
}

function fieldNames(schema: GraphQLSchema, root: RootType): string[] {
  return Object.keys(rootType(schema, root)?.getFields() ?? {}).filter((name) => !FEDERATION.includes(name));
}

function fieldOf(schema: GraphQLSchema, root: RootType, name: string): GraphQLField<unknown, unknown> | undefined {
  return rootType(schema, root)?.getFields()[name];
}

function rootType(schema: GraphQLSchema, root: RootType): GraphQLObjectType | undefined {
  const found = {
    Query: schema.getQueryType(),
    Mutation: schema.getMutationType(),
    Subscription: schema.getSubscriptionType(),
  };
  return found[root] ?? undefined;
}
