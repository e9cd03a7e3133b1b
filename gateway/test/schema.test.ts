import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildSchema,
  type DefinitionNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../schema/', import.meta.url));
const read = (file: string): string => readFileSync(`${folder}${file}`, 'utf8');
const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);
const SHARED = ['Money', 'PageInfo', 'UserError', 'MoneyInput'];

/** Each room's definitions by name, root types and scalars aside. */
const rooms = globSync('*.graphql', { cwd: folder })
  .filter((file) => !['api.graphql', 'supergraph.graphql'].includes(file))
  .map((file) => ({ room: basename(file, '.graphql'), definitions: definitionsOf(read(file)) }));

function definitionsOf(sdl: string): Map<string, DefinitionNode> {
  const named = parse(sdl).definitions.flatMap((definition) => {
    const name = 'name' in definition ? definition.name?.value : undefined;
    const isOwn = name && !ROOTS.has(name) && definition.kind !== Kind.SCALAR_TYPE_DEFINITION;
    return isOwn ? [[name, definition] as const] : [];
  });
  return new Map(named);
}

function isEntity(definition: DefinitionNode): boolean {
  return 'directives' in definition && (definition.directives ?? []).some(({ name }) => name.value === 'key');
}

/** Whatever of a type a front-end developer would have to guess. */
function undescribed(type: GraphQLNamedType): string[] {
  const missing = type.description || ROOTS.has(type.name) ? [] : [type.name];
  if (isEnumType(type)) {
    const values = type.getValues().filter(({ description }) => !description);
    missing.push(...values.map(({ name }) => `${type.name}.${name}`));
  }
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    const fields: (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(type.getFields());
    for (const field of fields) {
      if (!field.description) missing.push(`${type.name}.${field.name}`);
      const parameters = 'args' in field ? field.args : [];
      const silent = parameters.filter(({ description }) => !description);
      missing.push(...silent.map(({ name }) => `${type.name}.${field.name}(${name})`));
    }
  }
  return missing;
}

describe('the graph', () => {
  it('describes every type, field, argument and value', () => {
    const types = Object.values(buildSchema(read('api.graphql')).getTypeMap());
    expect(types.filter(({ name }) => !name.startsWith('__')).flatMap(undescribed)).toEqual([]);
  });

  it('has the shared types alike in every room', () => {
    for (const name of SHARED) {
      const forms = rooms.flatMap(({ definitions }) => definitions.get(name) ?? []).map(print);
      expect(new Set(forms).size, name).toBe(1);
    }
  });

  it('has no other name in two rooms, entities aside', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { room, definitions } of rooms) {
      for (const [name, definition] of definitions) {
        if (SHARED.includes(name) || isEntity(definition)) continue;
        if (seen.has(name)) twice.push(`${name} in ${seen.get(name)} and ${room}`);
        seen.set(name, room);
      }
    }
    expect(twice).toEqual([]);
  });

  it('lets a root field be refused without taking its neighbours along', () => {
    const schema = buildSchema(read('api.graphql'));
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const required = roots.flatMap((type) =>
      Object.values(type?.getFields() ?? {}).filter((field) => String(field.type).endsWith('!')),
    );
    expect(required.map(({ name }) => name)).toEqual([]);
  });

  it('can be asked what the README says that one can ask', () => {
    const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
    const [, operations = ''] = /```graphql\n([\s\S]*?)```/.exec(readme) ?? [];
    const document = parse(operations);
    expect(document.definitions.length).toBeGreaterThan(5);
    expect(validate(buildSchema(read('api.graphql')), document).map(({ message }) => message)).toEqual([]);
  });
});
