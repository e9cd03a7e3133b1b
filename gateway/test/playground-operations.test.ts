import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  buildSchema,
  type FieldNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { demoUsers } from '../src/playground/demo-users.js';
import { type ReadyOperation, readReadyOperations } from '../src/playground/ready-operation.js';

const path = (name: string) => fileURLToPath(new URL(`../../schema/${name}`, import.meta.url));
const operations = await readReadyOperations(path('operations/journey'));
/** What an answer tells, and the code that the page itself finds in the mailbox. */
const remembered = new Set(['code', ...operations.flatMap(({ remember }) => Object.keys(remember))]);

const NAME = /^\$(\w+)(?:\|(.*))?$/;

/** The variables with any id for what an earlier answer would have told, and the names of that. */
function filled(variables: ReadyOperation['variables']): { values: Record<string, unknown>; names: string[] } {
  const names: string[] = [];
  const values = JSON.parse(JSON.stringify(variables), (_key, value) => {
    if (typeof value !== 'string') return value;
    const [, name, otherwise] = NAME.exec(value) ?? [];
    if (!name) return value.replaceAll(/\$inDays\(-?\d+\)/g, '2026-11-21');
    names.push(name);
    if (otherwise) return otherwise;
    if (name.endsWith('StartsAt')) return '2026-11-21T10:00:00Z';
    return name === 'email' ? 'somebody@example.com' : '01900000-0000-7000-8000-000000000000';
  });
  return { values, names };
}

function operationIn(document: string): OperationDefinitionNode {
  const [definition] = parse(document).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The operation comes first');
  return definition;
}

/** Whether a dotted path leads through what the operation selects; positions in lists are passed over. */
function isSelected(dotted: string, selectionSet: SelectionSetNode | undefined): boolean {
  const names = dotted.split('.').filter((name) => !/^\d+$/.test(name));
  let selections = selectionSet?.selections;
  return names.every((name) => {
    const field = selections?.find(
      (selection): selection is FieldNode =>
        selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === name,
    );
    selections = field?.selectionSet?.selections;
    return field !== undefined;
  });
}

describe('the ready-made operations of the journey', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = buildSchema(await readFile(path('api.graphql'), 'utf8'));
  });

  it('have names and titles of their own', () => {
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    expect(new Set(operations.map(({ title }) => title)).size).toBe(operations.length);
  });

  describe.each(operations.map((operation) => [operation.title, operation] as const))('%s', (_, operation) => {
    it('is valid', () => {
      expect(validate(schema, parse(operation.document)).map(({ message }) => message)).toEqual([]);
    });

    it('comes with variables that fit', () => {
      const { variableDefinitions = [] } = operationIn(operation.document);
      const { values, names } = filled(operation.variables);
      expect(getVariableValues(schema, variableDefinitions, values).errors ?? []).toEqual([]);
      expect(Object.keys(values).filter((name) => !operation.document.includes(`$${name}`))).toEqual([]);
      expect(names.filter((name) => !remembered.has(name))).toEqual([]);
    });

    it('remembers what it asks for', () => {
      const { selectionSet } = operationIn(operation.document);
      const answers = Object.values(operation.remember).filter((dotted) => !dotted.startsWith('variables.'));
      expect(answers.filter((dotted) => !isSelected(dotted, selectionSet))).toEqual([]);
    });

    it('is run as somebody whom the demo data has', () => {
      expect([undefined, ...demoUsers.map(({ role }) => role)]).toContain(operation.as);
    });
  });
});
