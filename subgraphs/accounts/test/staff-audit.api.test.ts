import { auditEvents } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { database } from './account-fixtures.js';
import { until } from './privacy-client.js';
import { actElsewhere, marketDatabase } from './staff-elsewhere.js';

const LOG = `query ($filter: AuditLogFilter) {
  auditLog(filter: $filter) {
    edges { node { action networkHash requestId actor { id } subject { id } details { key value } } }
  }
}`;

let graph: TestGraph;
let admin: TestPerson;
let hr: TestPerson;
let tutor: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'marketplace']);
  admin = await graph.person('ADMIN');
  hr = await graph.person('HR');
});

afterAll(() => graph.close());

async function log(filter: object): Promise<Record<string, unknown>[]> {
  const { data, errors } = await graph.run('accounts', LOG, { filter }, admin);
  if (errors) throw errors[0];
  return (data as { auditLog: { edges: { node: Record<string, unknown> }[] } }).auditLog.edges.map(({ node }) => node);
}

const lines = (subjectId: string) => database(graph).count(AuditEntry, { subjectId });

describe('what staff does in another room', () => {
  it('is in the audit log, with who did it, on whom and in which request', async () => {
    tutor = await graph.person('TUTOR');
    const requestId = await actElsewhere(graph, hr, tutor.userId);
    await until(async () => (await lines(tutor.userId)) === 1);
    const entry = {
      action: 'STAFF_ACTION',
      networkHash: null,
      requestId,
      actor: { id: hr.userId },
      subject: { id: tutor.userId },
      details: [
        { key: 'action', value: 'marketplace.verification.approve' },
        { key: 'fields', value: '["status"]' },
        { key: 'resource', value: 'Verification' },
        { key: 'resourceId', value: tutor.userId },
      ],
    };
    expect(await log({ subjectId: tutor.userId })).toEqual([entry]);
    expect(await log({ actorId: hr.userId, action: 'STAFF_ACTION' })).toEqual([entry]);
  });

  it('is not in the log when it was rolled back', async () => {
    const [undone, done] = [(await graph.person('TUTOR')).userId, (await graph.person('TUTOR')).userId];
    await expect(actElsewhere(graph, hr, undone, new Error('no'))).rejects.toThrow('no');
    await actElsewhere(graph, hr, done);
    await until(async () => (await lines(done)) === 1);
    expect(await lines(undone)).toBe(0);
  });

  it('is in the log once, however often it is told', async () => {
    const [twice, after] = [(await graph.person('TUTOR')).userId, (await graph.person('TUTOR')).userId];
    const event = auditEvents('marketplace').performed.create({
      subject: twice,
      data: {
        ...{ actorId: hr.userId, action: 'marketplace.verification.reject', requestId: 'a request' },
        ...{ resource: 'Verification', resourceId: twice, userId: twice, fields: [] },
      },
    });
    for (let told = 0; told < 2; told += 1) {
      await transaction(marketDatabase(graph), async (tx) => recordEvent(tx, event));
    }
    await actElsewhere(graph, hr, after);
    await until(async () => (await lines(after)) === 1);
    expect(await lines(twice)).toBe(1);
    expect(await database(graph).execute('select 1 from accounts.dead_letters')).toEqual([]);
  });
});
