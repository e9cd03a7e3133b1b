import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildRoomSchema } from '@tutorgraph/kit/graphql/subgraph';
import { loadRoomSources } from '@tutorgraph/kit/testing/load-room';
import type { PermissionCatalogue } from '@tutorgraph/kit/viewer/permissions';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/**
 * Where code asks for a permission, or names one: `@Requires('…')`, `context.can('…')`, `context.require('…')`,
 * `rights.allows(viewer, '…')`.
 */
const ASKED = /(?:@Requires\(|\.can\(|\.require\(|\.allows\(\w+,)\s*'([^']+)'/g;

let catalogue: PermissionCatalogue;
let asked: Map<string, string>;

beforeAll(async () => {
  catalogue = JSON.parse(await readFile(`${ROOT}schema/permissions.json`, 'utf8'));
  const files = globSync('{subgraphs/*,kit,gateway}/src/**/*.ts', { cwd: ROOT }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  asked = new Map();
  for (const file of files) {
    const text = await readFile(`${ROOT}${file}`, 'utf8');
    for (const [, permission = ''] of text.matchAll(ASKED)) asked.set(permission, file);
  }
});

describe('the catalogue of permissions', () => {
  it('holds every permission that the code asks for', () => {
    const unknown = [...asked].filter(([permission]) => !Object.hasOwn(catalogue, permission));
    expect(unknown).toEqual([]);
  });

  it('holds every permission that a root field asks for, also where the code names it in another way', async () => {
    const rules = (await loadRoomSources()).flatMap(({ schema }) => [...buildRoomSchema(schema).access]);
    const unknown = rules.filter(
      ([, rule]) => rule.kind === 'permission' && !Object.hasOwn(catalogue, rule.permission),
    );
    expect(unknown).toEqual([]);
    expect(rules.filter(([, { kind }]) => kind === 'permission').length).toBeGreaterThan(10);
  });

  it('holds nothing that no code asks for', () => {
    expect(Object.keys(catalogue).filter((permission) => !asked.has(permission))).toEqual([]);
  });

  it('says what each allows', () => {
    const silent = Object.entries(catalogue).filter(([, { description }]) => !/^[A-Z].{10,}\.$/s.test(description));
    expect(silent).toEqual([]);
  });

  it('is what the rooms say', async () => {
    const rooms = await loadRoomSources();
    expect(catalogue).toEqual(Object.assign({}, ...rooms.map(({ permissions }) => permissions)));
  });
});
