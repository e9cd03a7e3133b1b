import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GatewaySettings } from '../../src/settings.js';
import { type RunningWorld, startWorld } from '../world/world.js';
import { type RunningGraph, startProjectGraph } from './project-graph.js';

const AUDITS = 61;

const development: Partial<GatewaySettings> = { introspection: true, playground: true };

describe.each([
  ['of two subgraphs over the network', (): Promise<RunningWorld> => startWorld({ mode: 'remote' })],
  ['that shows the playground', (): Promise<RunningWorld> => startWorld({ settings: development })],
  ['that takes no batches', (): Promise<RunningWorld> => startWorld({ limits: { batch: 1 } })],
  ["of the project's own graph", (): Promise<RunningGraph> => startProjectGraph()],
])('GraphQL over HTTP, audited at a gateway %s', (_which, start) => {
  let gateway: { url: string; close(): Promise<void> } | undefined;
  const audits = serverAudits({ url: () => gateway?.url ?? '', fetchFn: fetch });

  beforeAll(async () => {
    gateway = await start();
  });
  afterAll(() => gateway?.close());

  test('is all of the audits', () => {
    expect(new Set(audits.map(({ id }) => id)).size).toBe(AUDITS);
  });

  test.each(audits)('$id $name', async ({ fn }) => {
    const result = await fn();
    expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
  });
});
