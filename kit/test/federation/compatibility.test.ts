import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ServedSubgraph, serveSubgraph } from '../../src/graphql/serve.js';
import { setUpBench } from '../graphql/bench.js';
import { collectChecks } from './collect-checks.js';
import { productResolvers, productSchema } from './products.resolver.js';
import { type RouterRequest, startRouter } from './router.js';

const require = createRequire(import.meta.url);
const FOLDER = dirname(require.resolve('@apollo/federation-subgraph-compatibility-tests/package.json'));
const JSON_HEADERS = { accept: 'application/json', 'content-type': 'application/json' };

/** What Apollo counts, in the order of its reports. */
const CHECKS = [
  'introspection',
  '@key single',
  '@key multiple',
  '@key composite',
  'repeatable @key',
  '@requires',
  '@provides',
  'ftv1',
  '@link',
  '@shareable',
  '@tag',
  '@override',
  '@inaccessible',
  '@composeDirective',
  '@interfaceObject',
];

let served: ServedSubgraph;
let router: Awaited<ReturnType<typeof startRouter>>;

/** Their tests ask fixed ports; ours ask whom this file starts. */
vi.doMock(join(FOLDER, 'src/utils/client.ts'), () => ({ productsRequest, routerRequest: ask }));

async function productsRequest(request: RouterRequest, headers: Record<string, string> = {}): Promise<unknown> {
  const body = JSON.stringify(request);
  const response = await fetch(served.url, { method: 'POST', headers: { ...JSON_HEADERS, ...headers }, body });
  return response.json();
}

function ask(request: RouterRequest): Promise<unknown> {
  return router.ask(request);
}

const tests = (await readdir(join(FOLDER, 'src/tests'))).map((file) => join(FOLDER, 'src/tests', file));
const checks = await collectChecks(tests);

beforeAll(async () => {
  const { subgraph, identity } = await setUpBench(productResolvers, {}, undefined, productSchema);
  const servicePublicKeys = identity('bench').publicKeys;
  served = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, servicePublicKeys, fieldTimes: true });
  router = await startRouter(FOLDER, { url: served.url, sdl: subgraph.sdl });
});

afterAll(async () => {
  await router?.stop();
  await served?.close();
});

describe("Apollo's federation subgraph compatibility", () => {
  test('is asked of all that Apollo counts', () => {
    expect([...checks.keys()].sort()).toEqual([...CHECKS].sort());
  });

  test.each(CHECKS)('%s', async (name) => {
    const bodies = checks.get(name) ?? [];
    expect(bodies).not.toEqual([]);
    for (const run of bodies) await run();
  });

  test('what is tagged, and the directive of its own, come through composition; what is hidden does not', () => {
    expect(router.supergraphSdl).toMatch(/^ {2}@custom$/m);
    expect(router.supergraphSdl).toContain('@tag(name: "internal")');
    expect(router.supergraphSdl).toContain('unit: String @inaccessible');
  });
});
