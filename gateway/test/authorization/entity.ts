import { type GraphQLField, type GraphQLObjectType, getNamedType, isCompositeType, isObjectType } from 'graphql';
import type { World } from './world.js';

/** Who sees the fields of one entity. */
export interface EntityRights {
  /** Which entity, where there are several of the type. */
  title: string;
  /** The room whose fields they are. */
  room: string;
  type: string;
  /** Makes one with every field filled, as far as that can be. */
  make(world: World): Promise<MadeEntity>;
  /** For each field, the names of the viewers who see it; the others get null. */
  seenBy: Readonly<Record<string, readonly string[]>>;
}

/** An entity, and its viewers as `Authorization` values by what they are to it. */
export interface MadeEntity {
  /** The fields of its key. */
  key: Readonly<Record<string, string>>;
  viewers: Readonly<Record<string, string | undefined>>;
  /** Arguments of fields that have to have some, as they are written in an operation: `(orderId: "…")`. */
  arguments?: Readonly<Record<string, string>>;
}

type Field = GraphQLField<unknown, unknown>;

const HIDING = new Set(['FORBIDDEN', 'UNAUTHENTICATED']);

/** For each field of the entity, who sees it, found out by asking its room for the entity by reference. */
export async function whoSees(world: World, rights: EntityRights): Promise<Record<string, string[]>> {
  const { viewers, ...made } = await rights.make(world);
  const type = entityType(world, rights);
  const fields = Object.values(type.getFields());
  const seenBy: Record<string, string[]> = Object.fromEntries(fields.map(({ name }) => [name, []]));
  for (const [viewer, authorization] of Object.entries(viewers)) {
    // A service that asks for one field too many gets none.
    const asked = viewer === 'service' ? fields.map((field) => [field]) : [fields];
    for (const selected of asked) {
      for (const name of await shownFields(world, rights, made, { selected, authorization }))
        seenBy[name]?.push(viewer);
    }
  }
  return seenBy;
}

async function shownFields(
  world: World,
  rights: EntityRights,
  { key, arguments: given = {} }: Omit<MadeEntity, 'viewers'>,
  { selected, authorization }: { selected: readonly Field[]; authorization: string | undefined },
): Promise<string[]> {
  const selection = selected.map(({ name, type }) => `${name}${given[name] ?? ''}${selectionOf(type)}`).join(' ');
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${rights.type} { ${selection} } } }`;
  const variables = { of: [{ __typename: rights.type, ...key }] };
  const { data, errors = [] } = await world.askRoom(rights.room, { query, variables }, authorization);
  const fault = errors.find(({ extensions }) => !HIDING.has(String(extensions?.['code'])));
  if (fault) throw new Error(`${rights.title}: ${JSON.stringify(fault)}`);
  const [entity] = (data?.['_entities'] ?? []) as (Record<string, unknown> | null)[];
  return selected.map(({ name }) => name).filter((name) => isShown(entity?.[name]));
}

/** The type of an entity in the schema of its room. */
export function entityType(world: World, { room, type }: EntityRights): GraphQLObjectType {
  const found = world.graph.rooms.get(room)?.subgraph.schema.getType(type);
  if (!isObjectType(found)) throw new Error(`${room} has no entity ${type}`);
  return found;
}

/** What is selected of a field, so that it is asked for at all. */
export function selectionOf(type: Field['type']): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  return isObjectType(named) && named.name.endsWith('Connection') ? ' { edges { __typename } }' : ' { __typename }';
}

/** An empty list or page is what those see who may see nothing in it. */
function isShown(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null && 'edges' in value) return isShown(value.edges);
  return value !== null && value !== undefined;
}
