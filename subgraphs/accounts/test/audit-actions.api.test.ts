import { newId } from '@tutorgraph/kit/database/id';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuditAction, auditActions } from '../src/audit/audit.rules.js';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';
import { ask, codeTo, elsewhere, notThe, REMOVE_PHONE, REQUEST_RESET, RESET } from './codes-client.js';
import { configure } from './permissions-client.js';
import { LAST_PASSWORD, plant, plantedAs } from './planted-person.js';
import { CANCEL_DELETION, eraseNow, REQUEST_DELETION, requestExport, until } from './privacy-client.js';
import { actElsewhere } from './staff-elsewhere.js';
import { BOT_TOKEN } from './telegram-init-data.js';

const CREATE = 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } userErrors { code } } }';
const CHANGE_ROLE = 'mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { userErrors { code } } }';
const SUSPEND = 'mutation ($input: SuspendUserInput!) { suspendUser(input: $input) { userErrors { code } } }';
const RESTORE = 'mutation ($input: RestoreUserInput!) { restoreUser(input: $input) { userErrors { code } } }';
const REVOKE = 'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { userErrors { code } } }';
const EVERYWHERE = 'mutation { signOutEverywhere(input: {}) { userErrors { code } } }';
const UNLINK = 'mutation { unlinkTelegram { userErrors { code } } }';

const planted = plantedAs('audit', 4);

let graph: TestGraph;
let root: TestPerson;
let anna: TestPerson;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'marketplace', 'messaging'], undefined, { TELEGRAM_BOT_TOKEN: BOT_TOKEN });
  await graph.files.serve();
  root = await graph.person('SUPER_ADMIN');
  anna = await plant(graph, planted, 'STUDENT');
  await ownActions();
  await actionsOfStaff();
  await actionsOfTheConfigurator();
  await actElsewhere(graph, root, newId());
  await until(async () => (await database(graph).count(AuditEntry, { action: 'STAFF_ACTION' })) > 0);
});

afterAll(() => graph.close());

async function signIn(email: string, password: string): Promise<{ sessionId: string; authorization: string }> {
  const { data } = await runAs(graph, elsewhere(), SIGN_IN, { input: { email, password } });
  const { signIn: answer } = data as { signIn: { session: { id: string; accessToken: string } } };
  return { sessionId: answer.session.id, authorization: `Bearer ${answer.session.accessToken}` };
}

async function ownActions(): Promise<void> {
  const { email } = planted;
  await runAs(graph, { ...elsewhere(), ...anna }, REMOVE_PHONE);
  await runAs(graph, { ...elsewhere(), ...anna }, UNLINK);
  await requestExport(graph, anna);
  await ask(graph, REQUEST_DELETION, { password: LAST_PASSWORD }, anna);
  await ask(graph, CANCEL_DELETION, {}, anna);
  const { sessionId } = await signIn(email, LAST_PASSWORD);
  await ask(graph, REVOKE, { sessionId }, anna);
  const lost = await addAccount(graph);
  await ask(graph, REQUEST_RESET, { email: lost.email });
  const code = await codeTo(graph, lost.email);
  await ask(graph, RESET, { email: lost.email, code: notThe(code), password: LAST_PASSWORD });
  await ask(graph, RESET, { email: lost.email, code, password: LAST_PASSWORD });
  await runAs(graph, { ...elsewhere(), ...anna }, EVERYWHERE);
  const leaver = await addAccount(graph);
  const leaving = await signIn(leaver.email, PASSWORD);
  await ask(graph, REQUEST_DELETION, { password: PASSWORD }, { authorization: leaving.authorization });
  await eraseNow(graph, leaver.id);
}

async function actionsOfStaff(): Promise<void> {
  const user = { email: 'zqauditopened@test.tutorgraph.example', firstName: 'Zqaudito', lastName: 'Zqauditp' };
  await graph.run('accounts', CREATE, { input: { ...user, role: 'TUTOR' } }, root);
  const { userId } = await graph.person('STUDENT');
  await graph.run('accounts', CHANGE_ROLE, { input: { userId, role: 'TUTOR' } }, root);
  await graph.run('accounts', SUSPEND, { input: { userId, reason: 'OTHER' } }, root);
  await graph.run('accounts', RESTORE, { input: { userId } }, root);
}

async function actionsOfTheConfigurator(): Promise<void> {
  const permission = 'accounts.users.read';
  const { userId } = await graph.person('STUDENT');
  await configure(graph, root, 'setRolePermissions', { role: 'HR', permissions: [permission] });
  const set = { name: 'Zqaudit set', description: 'Zqaudit words', permissions: [permission] };
  const { payload } = await configure(graph, root, 'createPermissionSet', set);
  const { id } = payload['permissionSet'] as { id: string };
  await configure(graph, root, 'updatePermissionSet', { id, name: 'Zqaudit other set' });
  await configure(graph, root, 'deletePermissionSet', { id });
  await configure(graph, root, 'grantUserPermission', { userId, permission });
  await configure(graph, root, 'denyUserPermission', { userId, permission });
  await configure(graph, root, 'clearUserPermission', { userId, permission });
}

describe('the audit log after somebody did everything there is', () => {
  it.each(auditActions)('has %s', async (action: AuditAction) => {
    expect(await database(graph).count(AuditEntry, { action })).toBeGreaterThan(0);
  });

  it('has nothing by which somebody could be known', async () => {
    const rows = JSON.stringify(await database(graph).execute('select * from accounts.audit_entries')).toLowerCase();
    const traces = [...Object.values(planted), 'zqaudit', '@test.tutorgraph', '127.0.0.1'];
    expect(traces.filter((trace) => rows.includes(trace.toLowerCase()))).toEqual([]);
  });
});
