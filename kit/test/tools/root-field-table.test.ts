import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import type { AccessRule } from '../../src/graphql/access.js';
import { type FieldLimits, MUTATION_LIMITS } from '../../src/graphql/limited.js';
import { rootFieldTable } from '../../src/tools/root-field-table.js';

const api = buildSchema('type Query { bell: Int } type Mutation { "Rings." ring: Int knock: Int wait: Int }');
const access = new Map<string, AccessRule>([['Mutation.ring', { kind: 'public' }]]);

it('says of each root field how often it may be used, where that is not as for every mutation', () => {
  const limits = new Map<string, FieldLimits>([
    ['Query.bell', { network: { points: 5, seconds: 1 } }],
    ['Mutation.ring', { viewer: { points: 20, seconds: 3_600 }, network: { points: 1_500, seconds: 900 } }],
    ['Mutation.knock', MUTATION_LIMITS],
    ['Mutation.wait', { ...MUTATION_LIMITS, viewer: { points: 2, seconds: 172_800 } }],
  ]);
  const page = rootFieldTable(api, access, limits, {});
  expect(page).toContain('| `bell` | our services | 5 a second from a network |');
  expect(page).toContain(
    '| `ring` | everybody | 20 an hour by a person, 1,500 in 15 minutes from a network | Rings. |',
  );
  expect(page).toContain('| `knock` | our services |  |');
  expect(page).toContain('| `wait` | our services | 2 in 2 days by a person |');
  expect(page).toContain('Each mutation may be used 300 a minute by one person and 1,200 a minute from one\nnetwork');
});
