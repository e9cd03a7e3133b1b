import { newId } from '@tutorgraph/kit/database/id';
import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { anonymous } from '@tutorgraph/kit/viewer/viewer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkHash, recordAudit } from '../src/audit/audit.repository.js';
import { addAccount, database } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

const LOG = `query ($first: Int, $after: String, $filter: AuditLogFilter) {
  auditLog(first: $first, after: $after, filter: $filter) {
    edges { cursor node { id at action networkHash requestId actor { id displayName } subject { id displayName } details { key value } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Page {
  edges: { node: { id: string; action: string; networkHash: string | null } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function read(variables: object): Promise<Page> {
  const { data, errors } = await graph.run('accounts', LOG, variables, await graph.person('ADMIN'));
  if (errors) throw errors[0];
  return (data as { auditLog: Page }).auditLog;
}

function note(subjectId: string, clientAddress?: string): Promise<void> {
  const metadata = { requestId: newId(), ...(clientAddress && { clientAddress }) };
  const context = { viewer: anonymous, metadata };
  return transaction(database(graph), (tx) => recordAudit(tx, context, { action: 'USER_UPDATED', subjectId }));
}

describe('the audit log', () => {
  it.each([
    ['changed', `update accounts.audit_entries set action = 'SIGNED_IN'`],
    ['deleted', 'delete from accounts.audit_entries'],
    ['emptied', 'truncate accounts.audit_entries'],
  ])('cannot be %s, by whoever owns the table either', async (_what, statement) => {
    await note((await addAccount(graph)).id);
    await expect(database(graph).execute(statement)).rejects.toThrow('append-only');
  });

  it('has sign-ins and their failures, which no rolled back mutation takes away', async () => {
    const { id, email, password } = await addAccount(graph);
    await graph.run('accounts', SIGN_IN, { input: { email, password: 'not the password' } });
    await graph.run('accounts', SIGN_IN, { input: { email, password } });
    const { edges } = await read({ filter: { subjectId: id } });
    expect(edges.map(({ node }) => node.action)).toEqual(['SIGNED_IN', 'SIGN_IN_FAILED']);
    expect(JSON.stringify(edges)).not.toContain(email);
  });

  it('is read page by page, the newest first, and by every filter', async () => {
    const [{ id }, admin] = [await addAccount(graph), await graph.person('ADMIN')];
    for (let line = 0; line < 5; line += 1) await note(id);
    const first = await read({ first: 3, filter: { subjectId: id } });
    const second = await read({ first: 3, after: first.pageInfo.endCursor, filter: { subjectId: id } });
    expect([first.edges.length, second.edges.length, second.pageInfo.hasNextPage]).toEqual([3, 2, false]);
    expect(new Set([...first.edges, ...second.edges].map(({ node }) => node.id)).size).toBe(5);
    const none = [
      { action: 'SIGNED_IN' },
      { actorId: id },
      { to: '2001-01-01T00:00:00Z' },
      { from: '2100-01-01T00:00:00Z' },
    ];
    for (const filter of none) {
      expect((await read({ filter: { subjectId: id, ...filter } })).edges).toEqual([]);
    }
    const wrong = await graph.run('accounts', LOG, { filter: { actorId: 'nonsense' } }, admin);
    expect(wrong.codes).toEqual(['BAD_USER_INPUT']);
  });

  it('takes the same number of statements however many lines are read', async () => {
    const admin = await graph.person('ADMIN');
    for (let line = 0; line < 20; line += 1) await note((await addAccount(graph, { passwordHash: null })).id);
    const count = async (first: number) =>
      (await withStatements(() => graph.run('accounts', LOG, { first }, admin))).statements.length;
    expect(await count(20)).toBe(await count(2));
  });

  it('is refused to whoever has no permission for it', async () => {
    expect((await graph.run('accounts', LOG, {}, await graph.person('HR'))).codes).toEqual(['FORBIDDEN']);
  });
});

describe('a network address in the audit log', () => {
  const hashOf = (userId: string, address: string) =>
    transaction(database(graph), (tx) => networkHash(tx, userId, address));

  it('is a hash that is the same for one person and address only', async () => {
    const [one, other] = [(await addAccount(graph)).id, (await addAccount(graph)).id];
    const hash = await hashOf(one, '192.0.2.1');
    expect(await hashOf(one, '192.0.2.1')).toBe(hash);
    expect(await hashOf(one, '192.0.2.2')).not.toBe(hash);
    expect(await hashOf(other, '192.0.2.1')).not.toBe(hash);
    expect(hash).not.toContain('192.0.2.1');
  });

  it('cannot be recognised once the person’s key is gone', async () => {
    const { id } = await addAccount(graph);
    const hash = await hashOf(id, '192.0.2.1');
    await database(graph).execute('delete from accounts.audit_keys where user_id = ?', [id]);
    expect(await hashOf(id, '192.0.2.1')).not.toBe(hash);
  });
});
