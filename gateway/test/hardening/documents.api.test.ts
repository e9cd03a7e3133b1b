import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectRedis } from '@tutorgraph/kit/cache/redis';
import { createLogger, silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { afterEach, describe, expect, test } from 'vitest';
import { costOf } from '../../src/cost/operation-cost.js';
import { PersistedQueries } from '../../src/documents/persisted-queries.js';
import { type DocumentTrust, readTrustedDocuments, TrustedDocuments } from '../../src/documents/trusted-documents.js';
import { useOperationLimits } from '../../src/plugins/use-operation-limits.js';
import { defaultLimits } from '../../src/settings.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { connect } from '../world/client.js';
import { keepLog } from '../world/log-lines.js';
import { type RunningWorld, startWorld } from '../world/world.js';

const ORDERS = '{ orders { id } }';
const ORDER = 'query Order($id: ID!) { order(id: $id) { title } }';
const OTHER = '{ orders { title } }';
const RENAME = 'mutation { renameOrder(id: "1", title: "Mine") { order { id } } }';
const schemaFolder = fileURLToPath(new URL('../../../schema/', import.meta.url));
const redisUrl = process.env['REDIS_URL'];
const running: RunningWorld[] = [];
afterEach(async () => {
  for (const world of running.splice(0)) await world.close();
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (hash: string) => ({ persistedQuery: { version: 1, sha256Hash: hash } });
const trusted = new TrustedDocuments([
  ...[ORDERS, ORDER].map((body) => ({ id: sha256(body), body })),
  { id: 'rename-1', body: RENAME },
]);

interface Manifest {
  operations: { id: string; name: string; body: string }[];
}

interface Answer {
  status: number;
  data?: unknown;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** Sends a body as it is. */
async function post(url: string, body: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { accept: 'application/graphql-response+json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

async function get(url: string, parameters: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${url}?${new URLSearchParams(parameters)}`);
  return { status: response.status, ...((await response.json()) as object) };
}

function code({ errors }: Answer): unknown {
  return errors?.[0]?.extensions['code'];
}

async function start(trust: DocumentTrust, settings: object = {}, lines: string[] = []): Promise<string> {
  const world = await startWorld({
    settings: { trustedDocuments: trust, persistedQueryBytes: 100_000, ...settings },
    trustedDocuments: trusted,
    logger: createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } }),
  });
  running.push(world);
  return world.url;
}

/** Refused whatever the transport. */
async function overSocket(url: string, payload: { query: string; extensions?: object; documentId?: string }) {
  const client = connect(url);
  const results: unknown[] = [];
  await new Promise<void>((resolve) => {
    // The client's type knows no `documentId`, and sends it.
    client.subscribe(payload as { query: string }, {
      next: (result) => results.push(result),
      error: (errors) => resolve(void results.push({ errors })),
      complete: resolve,
    });
  });
  await client.dispose();
  return results[0] as Answer;
}

describe('trusted documents', () => {
  test.each(['log', 'prefer', 'require'] as const)('are run by their ids (%s)', async (trust) => {
    const url = await start(trust);
    const data = { orders: [{ id: '1' }, { id: '2' }] };
    for (const documentId of [sha256(ORDERS), `sha256:${sha256(ORDERS)}`]) {
      expect(await post(url, { documentId })).toEqual({ status: 200, data });
      expect(await get(url, { documentId })).toEqual({ status: 200, data });
      expect(await overSocket(url, { query: '', documentId })).toEqual({ data });
    }
    const extensions = persisted(sha256(ORDERS));
    expect(await post(url, { extensions })).toEqual({ status: 200, data });
    expect(await overSocket(url, { query: '', extensions })).toEqual({ data });
    expect(await post(url, { query: ORDERS })).toEqual({ status: 200, data });
    expect(await post(url, { documentId: sha256(ORDER), variables: { id: '1' } })).toMatchObject({
      data: { order: { title: 'Algebra' } },
    });
    expect(code(await get(url, { documentId: 'rename-1' }))).toBe('METHOD_NOT_ALLOWED');
  });

  test('are all that is let in where they are required', async () => {
    const url = await start('require');
    for (const request of [
      { query: OTHER },
      { query: `${ORDERS} ` },
      { query: `${ORDERS} #` },
      { query: '{ __schema { queryType { name } } }' },
      { query: '{ not GraphQL' },
      { documentId: sha256(OTHER) },
      { documentId: '__proto__' },
      { extensions: persisted(sha256(OTHER)) },
      { query: OTHER, extensions: persisted(sha256(OTHER)) },
    ]) {
      expect(code(await post(url, request))).toBe('DOCUMENT_NOT_TRUSTED');
    }
    // Its text was sent with its hash, and not kept.
    expect(code(await post(url, { extensions: persisted(sha256(OTHER)) }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(code(await get(url, { query: OTHER }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(code(await overSocket(url, { query: OTHER }))).toBe('DOCUMENT_NOT_TRUSTED');
    expect(code(await overSocket(url, { query: 'subscription { ticks { number } }' }))).toBe('DOCUMENT_NOT_TRUSTED');
    const batch = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ query: ORDERS }, { query: OTHER }]),
    });
    expect(await batch.json()).toMatchObject([
      { data: {} },
      { errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }] },
    ]);
  });

  test('that are missing in the list are written down, each once', async () => {
    const lines: string[] = [];
    const url = await start('log', {}, lines);
    await post(url, { query: 'query Mine { orders { title } }' });
    await post(url, { query: 'query Mine { orders { title } }' });
    await post(url, { query: ORDERS });
    const told = lines.map((line) => JSON.parse(line)).filter(({ documentHash }) => documentHash);
    expect(told).toMatchObject([{ documentHash: sha256('query Mine { orders { title } }'), operationName: 'Mine' }]);
  });

  test('that are preferred may cost what others may not, and have limits of their own', async () => {
    const world = await startWorld({
      settings: { trustedDocuments: 'prefer' },
      limits: { cost: 12 },
      trustedDocuments: trusted,
    });
    running.push(world);
    expect(code(await post(world.url, { query: ORDERS }))).toBeUndefined();
    expect(await post(world.url, { query: OTHER })).toMatchObject({
      errors: [{ extensions: { code: 'COST_LIMIT_EXCEEDED', limit: 3 } }],
    });
  });

  test('need no list where they are off, and one where they are not', async () => {
    const url = await start('off');
    expect(code(await post(url, { documentId: sha256(ORDERS) }))).toBe('DOCUMENT_NOT_FOUND');
    await expect(startWorld({ settings: { trustedDocuments: 'require' } })).rejects.toThrow(/TRUSTED_DOCUMENTS_PATH/);
  });

  test('cannot be sent with a text beside the id', async () => {
    const url = await start('prefer');
    expect(code(await post(url, { documentId: sha256(ORDERS), query: OTHER }))).toBe('BAD_REQUEST');
  });
});

describe('the list of our own operations', () => {
  test('holds what the API takes', async () => {
    const path = join(schemaFolder, 'trusted-documents.json');
    const list = await readTrustedDocuments([path]);
    const api = buildSchema(await readFile(join(schemaFolder, 'api.graphql'), 'utf8'));
    const { operations } = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    expect(operations.length).toBeGreaterThan(50);
    for (const { id, body } of operations) {
      expect(sha256(body)).toBe(id);
      expect(list.find(id)).toBe(body);
      expect(validate(api, parse(body))).toEqual([]);
    }
  });

  test('is within all limits, and within those of strangers', async () => {
    const supergraph = new Supergraph(await readFile(join(schemaFolder, 'supergraph.graphql'), 'utf8'));
    const { operations } = JSON.parse(await readFile(join(schemaFolder, 'trusted-documents.json'), 'utf8')) as Manifest;
    for (const { body, name } of operations) {
      const document = parse(body);
      expect(validate(supergraph.schema, document, [useOperationLimits(defaultLimits)]), name).toEqual([]);
      const definition = getOperationAST(document);
      if (!definition) throw new Error(`${name} is no operation`);
      const cost = costOf({ document, definition, graph: { supergraph } }).estimate({});
      expect(cost, name).toBeLessThanOrEqual(defaultLimits.cost / 4);
    }
  });

  test('is refused when it is none, or two lists contradict each other', async () => {
    const write = async (name: string, content: unknown): Promise<string> => {
      const path = join(tmpdir(), `${name}-${process.pid}.json`);
      await writeFile(path, JSON.stringify(content));
      return path;
    };
    const list = (body: string) => ({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'a', name: 'A', type: 'query', body }],
    });
    await expect(readTrustedDocuments([await write('none', { a: ORDERS })])).rejects.toThrow(/npm run schema/);
    const [one, other] = [await write('one', list(ORDERS)), await write('other', list(OTHER))];
    await expect(readTrustedDocuments([one, other])).rejects.toThrow(/Two trusted documents/);
    expect((await readTrustedDocuments([one])).find('a')).toBe(ORDERS);
  });
});

describe('automatic persisted queries', () => {
  const extensions = persisted(sha256(OTHER));
  const data = { orders: [{ title: 'Algebra' }, { title: 'Chemistry' }] };

  test('are asked for, sent once and then named, by POST and GET and on a WebSocket', async () => {
    const url = await start('off');
    expect(await post(url, { extensions })).toMatchObject({
      status: 200,
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
    expect(await post(url, { query: OTHER, extensions })).toEqual({ status: 200, data });
    expect(await post(url, { extensions })).toEqual({ status: 200, data });
    expect(await get(url, { extensions: JSON.stringify(extensions) })).toEqual({ status: 200, data });
    expect(await overSocket(url, { query: '', extensions })).toEqual({ data });
  });

  test('may be kept by caches for each who asks, and that one is not known may not', async () => {
    const url = await start('off');
    const address = `${url}?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`;
    const unknown = await fetch(address);
    expect(unknown.status).toBe(200);
    expect(unknown.headers.get('cache-control')).toBe('no-store');
    await post(url, { query: OTHER, extensions });
    const known = await fetch(address);
    expect(known.headers.get('cache-control')).toBeNull();
    expect(known.headers.get('vary')).toContain('accept, accept-language, authorization');
  });

  test('cannot be given another text than their hash says', async () => {
    const url = await start('off');
    for (const query of [RENAME, `${OTHER} `, '{ orders { id } }']) {
      expect(code(await post(url, { query, extensions }))).toBe('PERSISTED_QUERY_HASH_MISMATCH');
    }
    expect(code(await get(url, { query: RENAME, extensions: JSON.stringify(extensions) }))).toBe(
      'PERSISTED_QUERY_HASH_MISMATCH',
    );
    expect(code(await overSocket(url, { query: RENAME, extensions }))).toBe('PERSISTED_QUERY_HASH_MISMATCH');
    expect(code(await post(url, { extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(running[0]?.world.fetches).toEqual([]);
  });

  test.each([
    ['no hash', { version: 1 }],
    ['a short hash', { version: 1, sha256Hash: 'abc' }],
    ['a hash in capitals', { version: 1, sha256Hash: sha256(OTHER).toUpperCase() }],
    ['a key of Redis', { version: 1, sha256Hash: '*' }],
    ['another version', { version: 2, sha256Hash: sha256(OTHER) }],
    ['text', 'x'],
    ['a list', [1]],
  ])('refuse %s', async (_, persistedQuery) => {
    const url = await start('off');
    expect(code(await post(url, { query: OTHER, extensions: { persistedQuery } }))).toBe('BAD_REQUEST');
  });

  test('keep nothing of what was refused', async () => {
    const url = await start('off');
    const broken = '{ nothing }';
    await post(url, { query: broken, extensions: persisted(sha256(broken)) });
    expect(code(await post(url, { extensions: persisted(sha256(broken)) }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    const mutation = persisted(sha256(RENAME));
    await get(url, { query: RENAME, extensions: JSON.stringify(mutation) });
    expect(code(await post(url, { extensions: mutation }))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  test('make mutations no more possible by GET', async () => {
    const url = await start('off');
    const mutation = persisted(sha256(RENAME));
    await post(url, { query: RENAME, extensions: mutation });
    expect(code(await get(url, { extensions: JSON.stringify(mutation) }))).toBe('METHOD_NOT_ALLOWED');
  });

  test('are kept within so many bytes', async () => {
    const url = await start('off', { persistedQueryBytes: 4_000 });
    const documents = Array.from({ length: 30 }, (_, index) => `{ a${index}: orders { id } }`);
    for (const query of documents) await post(url, { query, extensions: persisted(sha256(query)) });
    const codes = await Promise.all(
      documents.map(async (query) => code(await post(url, { extensions: persisted(sha256(query)) }))),
    );
    const known = codes.filter((one) => one === undefined).length;
    expect(known).toBeGreaterThan(10);
    expect(known).toBeLessThan(25);
    expect(codes.at(-1)).toBeUndefined();
  });

  test('can be turned off', async () => {
    const url = await start('off', { persistedQueryBytes: 0 });
    expect(await post(url, { extensions })).toMatchObject({
      errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
    });
    expect(await post(url, { query: OTHER, extensions })).toEqual({ status: 200, data });
  });

  test.runIf(redisUrl)('are known to every gateway, and what stands under another hash in Redis to none', async () => {
    const { client, close } = await connectRedis(redisUrl ?? '', silentLogger);
    const text = `{ orders { title } } # ${crypto.randomUUID()}`;
    const world = await startWorld({ settings: { persistedQueryBytes: 100_000 }, redis: client });
    running.push(world);
    await post(world.url, { query: text, extensions: persisted(sha256(text)) });
    const other = new PersistedQueries({ bytes: 100_000, redis: client });
    expect(await other.find(sha256(text))).toBe(text);
    expect(await client.ttl(`gateway:document:${sha256(text)}`)).toBeGreaterThan(80_000);
    await client.set(`gateway:document:${sha256(text)}`, RENAME, 'EX', 60);
    expect(await new PersistedQueries({ bytes: 100_000, redis: client }).find(sha256(text))).toBeUndefined();
    await close();
    expect(await new PersistedQueries({ bytes: 100_000, redis: client }).find(sha256(text))).toBeUndefined();
  });

  test('are known to a gateway whose Redis fails, which is told in the log once', async () => {
    const log = keepLog();
    const { client, close } = await connectRedis('redis://127.0.0.1:1', silentLogger);
    const settings = { persistedQueryBytes: 100_000, rates: { viewer: 0, network: 100_000 } };
    running.push(await startWorld({ settings, redis: client, logger: log.logger }));
    const url = running[0]?.url ?? '';
    expect(code(await post(url, { extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    for (let time = 0; time < 3; time += 1) {
      expect(await post(url, { query: OTHER, extensions })).toMatchObject({ status: 200, data: expect.anything() });
    }
    expect(await post(url, { extensions })).toMatchObject({ status: 200, data: expect.anything() });
    const failure = { level: 'warn', failures: 1, err: { message: expect.any(String) } };
    expect(log.of('Redis does not keep registered documents; each gateway knows its own only')).toMatchObject([
      failure,
    ]);
    expect(log.of('Budgets of cost are not counted in Redis; each gateway counts by itself')).toMatchObject([failure]);
    await close();
  });
});
