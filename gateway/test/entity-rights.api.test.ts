import { Kind, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyEntity as entities } from './authorization/entities/every.js';
import { whoSees } from './authorization/entity.js';
import { World } from './authorization/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.close());

it('every entity that a room resolves is in the table', () => {
  const resolved = [...world.graph.rooms.values()].flatMap(({ name, subgraph }) =>
    resolvedTypes(subgraph.sdl).map((type) => `${name} ${type}`),
  );
  const written = new Set(entities.map(({ room, type }) => `${room} ${type}`));
  expect([...written].sort()).toEqual(resolved.sort());
});

it.each(entities.map((entity) => [entity.title, entity] as const))(
  'each field of %s is shown to those whom the table names, and to nobody else',
  async (_, entity) => {
    const seenBy = Object.fromEntries(
      Object.entries(entity.seenBy).map(([field, viewers]) => [field, [...viewers].sort()]),
    );
    const seen = Object.entries(await whoSees(world, entity)).map(([field, viewers]) => [field, viewers.sort()]);
    expect(Object.fromEntries(seen)).toEqual(seenBy);
  },
);

/** Types of a subgraph that can be asked for by reference. */
function resolvedTypes(sdl: string): string[] {
  return parse(sdl).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const key = definition.directives?.find(({ name }) => name.value === 'key');
    const isStub = key?.arguments?.some(({ name }) => name.value === 'resolvable');
    return key && !isStub ? [definition.name.value] : [];
  });
}
