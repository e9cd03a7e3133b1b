import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenedStorage, openStorage } from '@tutorgraph/kit/storage/open-storage';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningWorld, startWorld } from './world/world.js';

/** More than a request to the API may have. */
const SIZE = 1_000_000;
const APP = 'https://app.example.com';

let folder: string;
let files: OpenedStorage;
let world: RunningWorld;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tutorgraph-gateway-files-'));
  files = await openStorage({
    settings: { DATA_DIR: folder, SECRET_KEY: 'a secret that only tests know, long enough' },
    isShared: false,
    servedAt: () => `${origin}/files`,
    logger: silentLogger,
  });
  world = await startWorld({ beforeListen: async ({ app }) => files.routes?.(app) });
  origin = new URL(world.url).origin;
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

const signPut = () => files.storage.signPut('a', { contentType: 'image/png', size: SIZE, expiresInSeconds: 60 });

describe('files at the gateway of the single process', () => {
  test('are put and got at its own origin, whatever the size of requests to the API may be', async () => {
    const { url, headers } = await signPut();
    expect(new URL(url).origin).toBe(origin);
    const body = Buffer.alloc(SIZE, 'x');
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
    const got = await fetch(await files.storage.signGet('a', { expiresInSeconds: 60 }));
    expect(Buffer.from(await got.arrayBuffer()).equals(body)).toBe(true);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'x-request-id': expect.any(String),
    });
  });

  test('may be put by pages of allowed origins, and by no others', async () => {
    const preflight = async (page: string) =>
      fetch((await signPut()).url, {
        method: 'OPTIONS',
        headers: {
          origin: page,
          'access-control-request-method': 'PUT',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = await preflight(APP);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(APP);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('PUT');
    expect((await preflight('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('are refused without a signature, and a request to the API is as small as before', async () => {
    expect((await fetch(`${origin}/files/a`)).status).toBe(403);
    expect((await fetch(`${origin}/files/a`, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect((await fetch(`${origin}/files/a`, { method: 'DELETE' })).status).toBe(404);
    const headers = { 'content-type': 'application/json' };
    const large = await fetch(world.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: 'x'.repeat(SIZE) }),
    });
    expect(large.status).toBe(413);
  });
});
