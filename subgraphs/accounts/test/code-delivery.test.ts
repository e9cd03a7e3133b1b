import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { MailServer } from '@tutorgraph/kit/testing/mail-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VerificationCode } from '../src/codes/verification-code.entity.js';
import { PendingNotice } from '../src/notices/pending-notice.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, runAs } from './account-fixtures.js';
import { newPerson, REGISTER } from './accounts-client.js';
import {
  ask,
  codeIn,
  codesOf,
  codeTo,
  elsewhere,
  jobsDone,
  messagesTo,
  REQUEST_EMAIL,
  REQUEST_PHONE,
  REQUEST_RESET,
  RESET,
} from './codes-client.js';

describe('a mail', () => {
  const server = new MailServer();
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts', 'messaging'], testDatabase, {
      ...(await server.listen()),
      NODE_ENV: 'production',
    });
  });

  afterAll(async () => {
    await graph.close();
    await server.close();
  });

  it.each([
    [
      'en',
      'Your code for a new password at Tutorgraph',
      /^Hello!\s+Your code:\s+\d{4}\s.*10 minutes.*If it was not you/s,
    ],
    [
      'ru',
      'Ваш код для нового пароля на Tutorgraph',
      /^Здравствуйте!\s+Ваш код:\s+\d{4}\s.*10 минут.*Если это были не вы/s,
    ],
  ])('with a code arrives in the language of the account: %s', async (locale, subject, text) => {
    const { id, email } = await addAccount(graph);
    await database(graph).nativeUpdate(User, { id }, { locale });
    await ask(graph, REQUEST_RESET, { email });
    const [mail] = await server.mailsTo(email);
    expect(mail).toMatchObject({ subject, text: expect.stringMatching(text), from: { name: 'Tutorgraph' } });
    const password = 'another long password';
    expect(codesOf(await ask(graph, RESET, { email, code: codeIn(mail?.text ?? ''), password }))).toEqual([]);
    const [, notice] = await server.mailsTo(email, 2);
    expect(notice?.subject).toBe(
      locale === 'ru' ? 'Ваш пароль на Tutorgraph изменён' : 'Your password at Tutorgraph was changed',
    );
  });

  it('that cannot be taken now is tried again, with nothing personal in what is kept of the failure', async () => {
    const person = newPerson();
    server.refusals.set(person.email, 451);
    await ask(graph, REGISTER, person);
    await jobsDone(graph);
    const jobs = await jobsOf('deliver-code', 'retry');
    expect(jobs).toHaveLength(1);
    expect(JSON.stringify(jobs)).not.toContain(person.email);
    expect(JSON.stringify(jobs)).toContain('DELIVERY_UNAVAILABLE');
  });

  it('that is refused for good is not tried again', async () => {
    const { email } = await addAccount(graph);
    server.refusals.set(email, 550);
    await ask(graph, REGISTER, { ...newPerson(), email });
    await ask(graph, REQUEST_RESET, { email });
    await jobsDone(graph);
    expect(await jobsOf('deliver-notice', 'retry')).toEqual([]);
    expect(await database(graph).count(PendingNotice)).toBe(0);
  });

  it('is the only way to reach people in production without an SMS service', async () => {
    const refused = await ask(graph, REQUEST_PHONE, { phone: '+79161234567' }, await graph.person('STUDENT'));
    expect(refused).toMatchObject({ accepted: null, userErrors: [{ code: 'SMS_UNAVAILABLE' }] });
  });

  function jobsOf(name: string, state: string): Promise<object[]> {
    return database(graph).execute(
      'select * from messaging_jobs.job where name = ? and state = ?::messaging_jobs.job_state',
      [name, state],
    );
  }
});

const CODE = 'query ($id: ID!) { codeMessage(id: $id) { userId recipient purpose code minutes locale } }';
const NOTICE = 'query ($id: ID!) { noticeMessage(id: $id) { userId recipient notice locale } }';

/** Asks accounts as a service whose token has these scopes. */
async function askWith(graph: TestGraph, scopes: readonly string[], query: string, id: string) {
  return runAs(graph, { authorization: await graph.service('accounts', scopes) }, query, { id });
}

describe('a code that waits to be sent', () => {
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts', 'messaging']);
  });

  afterAll(() => graph.close());

  const read = async (codeId: string) => (await askWith(graph, ['codeMessage'], CODE, codeId)).data['codeMessage'];

  /** Somebody with a code, whose mail has come. */
  async function asked() {
    const person = await graph.person('STUDENT', { verified: false });
    const email = `${person.userId}@test.tutorgraph.example`;
    await ask(graph, REQUEST_EMAIL, {}, person);
    await messagesTo(graph, email, 1);
    const code = await database(graph).findOneOrFail(VerificationCode, { userId: person.userId });
    return { person, email, codeId: code.id };
  }

  it('is derived again for a service that may have it, and for nobody else', async () => {
    const { person, email, codeId } = await asked();
    const code = await codeTo(graph, email);
    const shown = { userId: person.userId, recipient: email, purpose: 'EMAIL', code, minutes: 10, locale: 'en' };
    expect(await read(codeId)).toEqual(shown);
    expect((await askWith(graph, ['noticeMessage'], CODE, codeId)).codes).toEqual(['FORBIDDEN']);
    expect((await runAs(graph, await graph.person('SUPER_ADMIN'), CODE, { id: codeId })).codes).toEqual(['FORBIDDEN']);
    expect((await runAs(graph, {}, CODE, { id: codeId })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('is sent once however often its event comes', async () => {
    const { email, codeId } = await asked();
    const job = graph.rooms.get('messaging')?.parts.jobs?.find(({ name }) => name === 'deliver-code');
    const run = { id: crypto.randomUUID(), attempt: 1, signal: new AbortController().signal, logger: silentLogger };
    await job?.handler({ codeId }, run);
    expect(await messagesTo(graph, email, 1)).toHaveLength(1);
  });

  it.each<[string, Partial<VerificationCode>]>([
    ['has expired', { expiresAt: new Date() }],
    ['was used', { usedAt: new Date() }],
    ['was tried too often', { attempts: 5 }],
    ['belongs to nobody', { codeHash: 'x'.repeat(43) }],
  ])('is not told any more when it %s', async (_what, change) => {
    const { codeId } = await asked();
    await database(graph).nativeUpdate(VerificationCode, { id: codeId }, change);
    expect(await read(codeId)).toBeNull();
  });

  it('is not told any more when it was replaced', async () => {
    const { person, email, codeId } = await asked();
    await ask(graph, REQUEST_EMAIL, {}, person);
    await messagesTo(graph, email, 2);
    expect(await read(codeId)).toBeNull();
  });
});

describe('a notice', () => {
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts', 'messaging']);
  });

  afterAll(() => graph.close());

  it.each([
    ['the address that nobody proved', { emailVerifiedAt: null }],
    ['no address', { email: null, telegramId: '4711', passwordHash: null }],
  ])('is not sent to %s, and does not stay', async (_what, account) => {
    const { id: userId } = await addAccount(graph, account);
    const id = crypto.randomUUID();
    const row = { id, userId, notice: 'PASSWORD_CHANGED', recipient: null, createdAt: new Date() } as const;
    await database(graph).insert(PendingNotice, row);
    expect((await askWith(graph, ['noticeMessage'], NOTICE, id)).data).toEqual({ noticeMessage: null });
    expect((await askWith(graph, ['codeMessage'], NOTICE, id)).codes).toEqual(['FORBIDDEN']);
    const job = graph.rooms.get('messaging')?.parts.jobs?.find(({ name }) => name === 'deliver-notice');
    const run = { id: crypto.randomUUID(), attempt: 1, signal: new AbortController().signal, logger: silentLogger };
    await job?.handler({ noticeId: id }, run);
    await job?.handler({ noticeId: id }, run);
    await jobsDone(graph);
    expect(await database(graph).count(PendingNotice)).toBe(0);
    const kept = 'select * from messaging.development_messages where user_id = ?';
    expect(await database(graph).execute(kept, [userId])).toEqual([]);
  });
});

describe('the database', () => {
  it('holds no code, in no table of any schema, and no address in events and jobs', async () => {
    const graph = await startTestGraph(['accounts', 'messaging']);
    const codes: string[] = [];
    for (let index = 0; index < 5; index++) {
      const person = newPerson();
      await ask(graph, REGISTER, { ...person, email: `leak-${person.email}` });
      codes.push(await codeTo(graph, `leak-${person.email}`));
      await ask(graph, REQUEST_RESET, { email: `leak-${person.email}` });
      codes.push(await codeTo(graph, `leak-${person.email}`, 2));
    }
    const person = await graph.person('STUDENT');
    await ask(graph, REQUEST_PHONE, { phone: '+79167654321' }, { ...elsewhere(), ...person });
    codes.push(await codeTo(graph, '+79167654321'));
    await jobsDone(graph);

    const texts = await everyRow(graph);
    expect(texts.get('accounts.verification_codes')).toContain('leak-');
    // Neither a part of an id nor of a moment.
    const code = new RegExp(`(?<![\\w.:+-])(${codes.join('|')})(?![\\w.:+-])`);
    for (const [table, text] of texts) {
      if (table !== 'messaging.development_messages') expect([table, code.exec(text)?.[0]]).toEqual([table, undefined]);
      if (/outbox|_jobs\./.test(table)) expect(text).not.toMatch(/leak-|7654321/);
    }
    await graph.close();
  });
});

/** What every table holds, as text. */
async function everyRow(graph: TestGraph): Promise<Map<string, string>> {
  const em = database(graph);
  const tables = await em.execute<{ name: string }[]>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await em.execute<{ row: string }[]>(`select t::text as row from ${name} t`);
    texts.set(name, rows.map(({ row }) => row).join('\n'));
  }
  return texts;
}
