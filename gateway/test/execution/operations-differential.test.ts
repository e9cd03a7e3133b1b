import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { Random } from '@tutorgraph/kit/demo/random';
import {
  execute,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  type TypeNode,
  typeFromAST,
  validate,
} from 'graphql';
import { expect, it } from 'vitest';
import { madeUpField } from '../../bench/gateways/made-up-values.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { byOracle, byOurs, expectSame } from './oracle.js';
import type { RandomGraph } from './random-graph.js';
import type { RandomQuery } from './random-query.js';

const SCHEMA = fileURLToPath(new URL('../../../schema/', import.meta.url));

/** What clients of ours ask for, and with how many seeds of made-up data each is asked. */
const OPERATIONS = await operationFiles(join(SCHEMA, 'operations'));
const SEEDS = 3;

const supergraph = new Supergraph(await readFile(join(SCHEMA, 'supergraph.graphql'), 'utf8'));
const schemas = await Promise.all(
  supergraph.subgraphs.map(async ({ name }) => {
    const typeDefs = parse(await readFile(join(SCHEMA, `${name}.graphql`), 'utf8'));
    return [name, buildSubgraphSchema([{ typeDefs }])] as const;
  }),
);

async function operationFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.graphql')).map((name) => join(folder, name));
}

/** The rooms of the real graph, whose answers are made up; now and then a field fails. */
function roomsOf(seed: number): RandomGraph['subgraphs'] {
  const resolve: typeof madeUpField = (source, args, context, info) => {
    const random = new Random(JSON.stringify([source, info.fieldName, args]), seed);
    if (seed > 0 && random.chance(0.02)) throw new Error(`Failed ${info.parentType.name}.${info.fieldName}`);
    return madeUpField(source, args, context, info);
  };
  return new Map(
    schemas.map(([name, schema]) => [
      name,
      async (query, variableValues) => {
        const document = parse(query);
        return JSON.parse(JSON.stringify(await execute({ schema, document, variableValues, fieldResolver: resolve })));
      },
    ]),
  );
}

/** Each operation of a document by itself, with variables that fit. */
function operationsOf(text: string): RandomQuery[] {
  const { definitions } = parse(text);
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  if (fragments.length > 0) throw new Error('Write down how fragments go with operations here');
  return definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === 'subscription') return [];
    const { loc, variableDefinitions = [] } = definition;
    const variables = variableDefinitions.map(({ variable, type }) => [variable.name.value, fitting(type)]);
    return [{ query: text.slice(loc?.start, loc?.end), variables: Object.fromEntries(variables) }];
  });
}

function fitting(type: TypeNode): unknown {
  const known = typeFromAST(supergraph.schema, type);
  if (!isInputType(known)) throw new Error('A variable is of a type that the graph does not know');
  return inputOf(known);
}

function inputOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [inputOf(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const fields = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type));
    const given = nullable.isOneOf ? Object.values(nullable.getFields()).slice(0, 1) : fields;
    return Object.fromEntries(given.map((field) => [field.name, inputOf(field.type)]));
  }
  const scalars: Record<string, unknown> = { Int: 3, Float: 1.5, Boolean: true, SafeInt: 100 };
  return scalars[String(nullable)] ?? 'text';
}

it.each(OPERATIONS.map((file) => [file.slice(SCHEMA.length), file]))(
  '%s is answered as by the oracle',
  async (_name, file) => {
    for (const asked of operationsOf(await readFile(file, 'utf8'))) {
      expect(validate(supergraph.schema, parse(asked.query))).toEqual([]);
      for (let seed = 0; seed < SEEDS; seed++) {
        const rooms = roomsOf(seed);
        const [ours, oracle] = [await byOurs(rooms, supergraph, asked), await byOracle(rooms, supergraph, asked)];
        const what = `seed ${seed}: ${asked.query} ${JSON.stringify(asked.variables)}`;
        expectSame(ours, oracle, what);
        if (seed === 0) expect(ours.data, what).not.toBeNull();
      }
    }
  },
);
