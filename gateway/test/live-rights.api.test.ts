import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import type { Client } from 'graphql-ws';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { World } from './authorization/world.js';
import { ask, connect, Live } from './world/client.js';

const WATCH = 'subscription ($orderId: ID!) { orderChanged(orderId: $orderId) { cursor order { title } } }';
const CREATE_SUBJECT = 'mutation ($input: CreateSubjectInput!) { createSubject(input: $input) { subject { id } } }';
const POST = 'mutation ($input: PostOrderInput!) { postOrder(input: $input) { order { id } } }';
const RENAME = 'mutation ($input: UpdateOrderInput!) { updateOrder(input: $input) { userErrors { code } } }';
const SIGN_OUT = 'mutation { signOut { userErrors { code } } }';

let world: World;
let student: TestPerson;
let orderId: string;
const clients: Client[] = [];

beforeAll(async () => {
  world = await World.start();
  student = await world.graph.person('STUDENT');
  const admin = await world.graph.person('ADMIN');
  const names = { slug: 'algebra', nameEn: 'Algebra', nameRu: 'Алгебра' };
  const { createSubject } = await run<{ createSubject: { subject: { id: string } } }>(admin, CREATE_SUBJECT, names);
  const order = { subjectId: createSubject.subject.id, level: 'EXAM', title: 'Algebra at once', format: 'ONLINE' };
  orderId = (await run<{ postOrder: { order: { id: string } } }>(student, POST, order)).postOrder.order.id;
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});
afterAll(() => world?.close());

async function run<Data>({ authorization }: TestPerson, query: string, input: object): Promise<Data> {
  const { body } = await ask(world.url, query, { variables: { input }, headers: { authorization } });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  // What was selected is what the type names.
  return body.data as Data;
}

async function watch({ authorization }: TestPerson): Promise<{ live: Live; closed: Promise<object> }> {
  const { promise: closed, resolve } = Promise.withResolvers<object>();
  const client = connect(world.url, { authorization, onClosed: resolve });
  clients.push(client);
  const live = new Live(client, WATCH, { orderId });
  await live.next();
  return { live, closed };
}

function rename(title: string): Promise<unknown> {
  return run(student, RENAME, { orderId, title });
}

describe('whoever watches something live', () => {
  test('is cut off when they sign out elsewhere', async () => {
    const now = "now(), now(), now() + interval '1 hour'";
    await runSql(
      world.graph.databaseUrl,
      `insert into accounts.sessions (id, user_id, created_at, last_used_at, expires_at) values ($1, $2, ${now})`,
      [student.sessionId, student.userId],
    );
    const leaving = await watch(student);
    await ask(world.url, SIGN_OUT, { headers: { authorization: student.authorization } });
    expect(await leaving.closed).toMatchObject({ code: 4403, reason: expect.stringContaining('session was ended') });
    student = { ...student, ...(await world.graph.issuer.signIn('STUDENT', { userId: student.userId })) };
  });

  test('sees nothing more once their role does not allow it, without signing in again', async () => {
    const supervisor = await world.graph.person('SUPERVISOR');
    const { live } = await watch(supervisor);
    await rename('Algebra, still seen');
    expect(await live.next()).toMatchObject({ orderChanged: { order: { title: 'Algebra, still seen' } } });
    await runSql(
      world.graph.databaseUrl,
      "update accounts.users set role = 'STUDENT', role_changed_at = now() where id = $1",
      [supervisor.userId],
    );
    await world.graph.rights.refresh();
    await rename('Algebra, not seen');
    const [refusal] = await live.failure();
    expect(refusal?.extensions).toMatchObject({ code: 'FORBIDDEN', cursor: expect.any(String) });
  });

  test('sees nothing more once the permission was taken from them alone', async () => {
    const [denied, other] = [await world.graph.person('CURATOR'), await world.graph.person('CURATOR')];
    const lives = [await watch(denied), await watch(other)];
    await runSql(
      world.graph.databaseUrl,
      `insert into accounts.user_permissions (user_id, permission, is_granted, created_at, created_by)
       values ($1, 'marketplace.orders.read-any', false, now(), $1)`,
      [denied.userId],
    );
    await world.graph.rights.refresh();
    await rename('Algebra for one of two');
    expect((await lives[0]?.live.failure())?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(await lives[1]?.live.next()).toMatchObject({ orderChanged: { order: { title: 'Algebra for one of two' } } });
  });
});
