import { buildSchema, type GraphQLResolveInfo, graphqlSync } from 'graphql';
import { describe, expect, it } from 'vitest';
import { selects } from './selection.js';

const schema = buildSchema(`
  type Query { page: Page }
  type Page { total: Int, edges: [Edge] }
  type Edge { node: Book }
  type Book { id: ID, shelf: Book }
`);

/** Asks `check` at the field `page` of an operation. */
function atPage<Answer>(source: string, check: (info: GraphQLResolveInfo) => Answer): Answer {
  const answers: Answer[] = [];
  const page = (_args: object, _context: unknown, info: GraphQLResolveInfo): null => {
    answers.push(check(info));
    return null;
  };
  const variableValues = { yes: true };
  expect(graphqlSync({ schema, source, rootValue: { page }, variableValues }).errors).toBeUndefined();
  const [answer] = answers;
  if (answer === undefined) throw new Error('The page was not asked for');
  return answer;
}

describe('what an operation selects below a field', () => {
  it.each([
    ['by its path', '{ page { edges { node { shelf { id } } } } }'],
    ['under another name', '{ other: page { all: edges { item: node { its: shelf { id } } } } }'],
    [
      'in fragments',
      '{ page { ...P } } fragment P on Page { edges { ... on Edge { node { ...B } } } } fragment B on Book { shelf { id } }',
    ],
    ['in one of several selections of the field', '{ page { total } page { edges { node { shelf { id } } } } }'],
    [
      'where a variable may leave it out',
      'query ($yes: Boolean!) { page { edges { node { shelf @skip(if: $yes) { id } } } } }',
    ],
  ])('is found %s', (_where, source) => {
    expect(atPage(source, (info) => selects(info, 'edges.node.shelf'))).toBe(true);
  });

  it.each([
    ['elsewhere', '{ page { edges { node { id } } } }'],
    ['under its name only', '{ page { edges { node { shelf: id } } } }'],
    ['further down', '{ page { edges { node { shelf { shelf { id } } } } } }'],
  ])('is not found %s', (_where, source) => {
    const path = source.includes('shelf { shelf') ? 'edges.shelf' : 'edges.node.shelf';
    expect(atPage(source, (info) => selects(info, path))).toBe(false);
  });

  it('is told apart by path', () => {
    const source = '{ page { total edges { node { id } } } }';
    expect(
      atPage(source, (info) => ['total', 'edges', 'edges.node.id', 'node'].map((path) => selects(info, path))),
    ).toEqual([true, true, true, false]);
  });
});
