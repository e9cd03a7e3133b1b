import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyEntity } from './authorization/entities/every.js';
import { type EntityRights, entityType, type MadeEntity, selectionOf } from './authorization/entity.js';
import { World } from './authorization/world.js';

const MANY = 50;
/** Figures over a span, each of which sums up a statement of its own; a client gets one for a root field. */
const REPORTS = new Set(['PlatformMetrics', 'ProfitReport']);
const entities = everyEntity.filter(({ type }) => !REPORTS.has(type));
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.close());

describe(`${MANY} references take as many statements as one, asked for with every field that the viewer sees:`, () => {
  it.each(entities.map((entity) => [`${entity.room}: ${entity.title}`, entity] as const))('%s', async (_, entity) => {
    const made = await entity.make(world);
    // What is asked for the first time in a process may be looked up once for all.
    await statementsFor(entity, made, 1);
    const one = await statementsFor(entity, made, 1);
    const many = await statementsFor(entity, made, MANY);
    expect(many).toHaveLength(one.length);
  });
});

/** Statements that references take: to the entity that there is, and to others of its type that nobody has made. */
async function statementsFor(entity: EntityRights, made: MadeEntity, count: number): Promise<string[]> {
  const { viewer, selection } = whatIsSeen(entity, made);
  const others = Array.from({ length: count - 1 }, () => otherKey(made.key));
  const of = [made.key, ...others].map((key) => ({ __typename: entity.type, ...key }));
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${entity.type} { ${selection} } } }`;
  const ask = () => world.askRoom(entity.room, { query, variables: { of } }, made.viewers[viewer]);
  const { result, statements } = await withStatements(ask);
  expect(result.errors ?? []).toEqual([]);
  expect(result.data?.['_entities']).toMatchObject({ length: count, 0: expect.any(Object) });
  return statements;
}

/** Who sees most of an entity, and what. Services see by their scopes, field by field, and are asked about one. */
function whatIsSeen(entity: EntityRights, { viewers, arguments: given = {} }: MadeEntity) {
  const fields = Object.values(entityType(world, entity).getFields());
  const seen = Object.keys(viewers).map((viewer) => {
    const all = fields.filter(({ name }) => entity.seenBy[name]?.includes(viewer));
    return { viewer, fields: viewer === 'service' ? all.slice(0, 1) : all };
  });
  const [most] = seen.sort((one, other) => other.fields.length - one.fields.length);
  const selected = (most?.fields ?? []).map(({ name, type }) => `${name}${given[name] ?? ''}${selectionOf(type)}`);
  return { viewer: most?.viewer ?? '', selection: selected.join(' ') };
}

function otherKey(key: MadeEntity['key']): MadeEntity['key'] {
  return Object.fromEntries(Object.entries(key).map(([name, value]) => [name, UUID.test(value) ? newId() : value]));
}
