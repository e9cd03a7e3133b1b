import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runAs } from './account-fixtures.js';

const UPDATE = `mutation ($input: UpdateConsentInput!) {
  updateConsent(input: $input) { consent { document version granted userAgent networkHash } userErrors { code field } }
}`;
const HISTORY = `query ($first: Int, $after: String) {
  consentHistory(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { document granted recordedAt } }
  }
}`;

let graph: TestGraph;
let anna: TestPerson;
let version: string;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
  const { data } = await graph.run('accounts', '{ consentDocuments { document version } }');
  const { consentDocuments } = data as { consentDocuments: { document: string; version: string }[] };
  expect(consentDocuments.map(({ document }) => document)).toEqual(['TERMS', 'PRIVACY', 'MARKETING', 'ANALYTICS']);
  version = String(consentDocuments[2]?.version);
});
afterAll(() => graph.close());
beforeEach(async () => {
  anna = await graph.person('STUDENT');
});

async function update(granted: boolean, change: object = {}, clientAddress = '198.51.100.7') {
  const input = { document: 'MARKETING', version, granted, ...change };
  const client = { authorization: anna.authorization, clientAddress, userAgent: 'Mozilla/5.0 (Test)' };
  const { data } = await runAs(graph, client, UPDATE, { input });
  return data['updateConsent'] as { consent: Record<string, unknown> | null; userErrors: object[] };
}

interface History {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string };
  edges: { node: { granted: boolean } }[];
}

async function history(variables: object = {}): Promise<History> {
  return (await graph.run('accounts', HISTORY, variables, anna)).data['consentHistory'] as History;
}

describe('consents', () => {
  it('are noted with when and from where, and are never changed: the newest counts', async () => {
    const [yes, no] = [await update(true), await update(false)];
    expect(yes).toMatchObject({ consent: { granted: true, version, userAgent: 'Mozilla/5.0 (Test)' }, userErrors: [] });
    expect(no.consent?.['networkHash']).toBe(yes.consent?.['networkHash']);
    expect((await update(true, {}, '198.51.100.8')).consent?.['networkHash']).not.toBe(yes.consent?.['networkHash']);
    expect(JSON.stringify(yes)).not.toContain('198.51');
    const first = await history({ first: 2 });
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    expect(first.edges.map(({ node }) => node.granted)).toEqual([true, false]);
    const rest = await history({ first: 2, after: first.pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node.granted)).toEqual([true]);
  });

  it('are to texts that there are, in their current versions', async () => {
    const refused = { consent: null, userErrors: [{ code: 'CONSENT_VERSION_UNKNOWN', field: ['input', 'version'] }] };
    expect(await update(true, { version: '1999-01-01' })).toEqual(refused);
    expect(await history()).toMatchObject({ totalCount: 0 });
  });

  it('are seen by nobody else', async () => {
    await update(true);
    anna = await graph.person('SUPER_ADMIN');
    expect(await history()).toMatchObject({ totalCount: 0, edges: [] });
  });
});
