import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import type { Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { startDistributed } from '../src/distributed.js';
import { readGatewayEnvironment } from '../src/environment.js';
import { ask, connect, Live } from './world/client.js';
import { readFigures, readMetricNames } from './world/figures.js';
import { type Replica, startReplica } from './world/replica.js';
import { composeWorld, createWorld, ordersSubgraph, peopleSubgraph } from './world/subgraphs.js';

const DASHBOARD = new URL('../../deploy/grafana/tutorgraph-gateway.json', import.meta.url);
const RULES = new URL('../../deploy/prometheus/tutorgraph-gateway.rules.yml', import.meta.url);

const panelSchema = z.object({
  id: z.number(),
  title: z.string(),
  type: z.string(),
  gridPos: z.object({ x: z.number(), y: z.number() }),
  targets: z.array(z.object({ expr: z.string() })).default([]),
});
const { panels } = z.object({ panels: z.array(panelSchema) }).parse(JSON.parse(await readFile(DASHBOARD, 'utf8')));

const ruleSchema = z.strictObject({
  alert: z.string().regex(/^[A-Z][A-Za-z]+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[sm]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.strictObject({ summary: z.string(), description: z.string() }),
});
const rulesSchema = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(ruleSchema).min(1) })),
});
const rules = rulesSchema.parse(parse(await readFile(RULES, 'utf8'))).groups.flatMap((group) => group.rules);

const queries = [
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr }))),
  ...rules.map(({ alert, expr }) => ({ title: `alert ${alert}`, expr })),
];

/** Labels that Prometheus adds when it scrapes. */
const OF_PROMETHEUS = new Set(['instance', 'job']);

const logger = createLogger({ service: 'test', destination: { write: () => {} } });
let lifecycle: Lifecycle;
let folder: string;
let replicas: Replica[];
let client: Client;
let url: string;

beforeAll(async () => {
  lifecycle = new Lifecycle(logger);
  const world = createWorld();
  replicas = [await startReplica(ordersSubgraph(world)), await startReplica(peopleSubgraph(world))];
  folder = await mkdtemp(join(tmpdir(), 'dashboard-'));
  const path = join(folder, 'supergraph.graphql');
  await writeFile(path, composeWorld({ orders: replicas[0]?.url ?? '', people: replicas[1]?.url ?? '' }));
  url = await startDistributed(readGatewayEnvironment({ SUPERGRAPH_PATH: path, PORT: '0' }), logger, lifecycle);
  await ask(url, '{ orders { id author { name } } broken }');
  client = connect(url);
  await new Live(client, 'subscription { orderChanged(orderId: "1") { cursor } }').next();
});
afterAll(async () => {
  await client.dispose();
  await lifecycle.close();
  for (const replica of replicas) await replica.kill();
  await rm(folder, { recursive: true });
});

/** Names of metrics in a query: ours and Node's begin like that, and nothing else in it does. */
function metricsIn(expr: string): string[] {
  return [...expr.matchAll(/\b(?:gateway|http|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
}

function labelsIn(text: string, form: RegExp): string[] {
  return [...text.matchAll(form)].flatMap(([, list = '']) => list.split(/,\s*/));
}

describe('the dashboard', () => {
  test('asks in every panel for something', () => {
    const silent = panels.filter(({ type, targets }) => type !== 'row' && targets.length === 0);
    expect(silent).toEqual([]);
  });

  test('has a place of its own for every panel', () => {
    const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(panels.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('alerts', () => {
  test('have names of their own, and their words name labels that their expressions keep', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, expr, annotations } of rules) {
      const named = labelsIn(Object.values(annotations).join(' '), /\$labels\.([a-z]+)/g);
      const kept = labelsIn(expr, /by \(([^)]*)\)/g);
      expect({ alert, lost: named.filter((label) => !kept.includes(label)) }).toEqual({ alert, lost: [] });
    }
  });

  test('are every one in the guide to deploying', async () => {
    const guide = await readFile(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
    expect(rules.filter(({ alert }) => !guide.includes(`\`${alert}\``)).map(({ alert }) => alert)).toEqual([]);
  });
});

describe('the dashboard and the alerts', () => {
  test('name a metric in every expression', () => {
    expect(queries.filter(({ expr }) => metricsIn(expr).length === 0)).toEqual([]);
  });

  test('ask for what a running gateway shows, and for nothing else', async () => {
    const types = await readMetricNames(url);
    const isShown = (name: string): boolean => {
      const histogram = name.replace(/_(bucket|sum|count)$/, '');
      return types.get(histogram) === 'histogram' ? histogram !== name : types.has(name);
    };
    const missing = queries.flatMap(({ title, expr }) =>
      metricsIn(expr).flatMap((name) => (isShown(name) ? [] : [`${title}: ${name}`])),
    );
    expect(missing).toEqual([]);
  });

  test('take counters by their rates, and other figures as they are', async () => {
    const types = await readMetricNames(url);
    for (const { title, expr } of queries) {
      const ofCounters = metricsIn(expr).filter((name) => types.get(name) === 'counter');
      const byRate = [...expr.matchAll(/(?:rate|increase)\(\s*([a-z0-9_]+)[{[]/g)].map(([, name = '']) => name);
      const grown = byRate.filter((name) => !/_(bucket|sum|count)$/.test(name));
      expect({ title, counters: ofCounters }).toEqual({ title, counters: grown });
    }
  });

  test('group by labels that the figures have', async () => {
    const figures = [...(await readFigures(url)).keys()];
    const wrong = queries.flatMap(({ title, expr }) => {
      const samples = figures.filter((sample) => metricsIn(expr).includes(sample.replace(/\{.*/, '')));
      if (samples.length === 0) return [];
      const labels = labelsIn(expr, /by \(([^)]*)\)/g).filter((label) => !OF_PROMETHEUS.has(label));
      return labels.flatMap((label) =>
        samples.some((sample) => sample.includes(`${label}="`)) ? [] : [`${title}: ${label}`],
      );
    });
    expect(wrong).toEqual([]);
  });
});
