import { createDelivery } from '@tutorgraph/kit/delivery/create-delivery';
import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { testDatabase } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CodeSecret } from '../src/codes/code-secret.js';
import { VerificationCode } from '../src/codes/verification-code.entity.js';
import { deliverCodeJob } from '../src/jobs/deliver-code.job.js';
import { deliverNoticeJob } from '../src/jobs/deliver-notice.job.js';
import { notices } from '../src/notices/notice.rules.js';
import { PendingNotice } from '../src/notices/pending-notice.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database } from './account-fixtures.js';
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
import { MailServer } from './mail-server.js';

const SECRET = 'a secret that only tests know, long enough';

describe('a mail', () => {
  const server = new MailServer();
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts'], testDatabase, { ...(await server.listen()), NODE_ENV: 'production' });
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
      'select * from accounts_jobs.job where name = ? and state = ?::accounts_jobs.job_state',
      [name, state],
    );
  }
});

describe('a code that waits to be sent', () => {
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts']);
  });

  afterAll(() => graph.close());

  async function deliver(codeId: string, secret = SECRET): Promise<void> {
    const em = database(graph);
    const messages = createMessages(await loadMessages(new URL('../src/messages/', import.meta.url)));
    const job = deliverCodeJob(em, createDelivery({ settings: {}, em }), messages, new CodeSecret(secret));
    const run = { id: crypto.randomUUID(), attempt: 1, signal: new AbortController().signal, logger: silentLogger };
    await job.handler({ codeId }, run);
  }

  /** Somebody with a code, whose mail has come. */
  async function asked() {
    const person = await graph.person('STUDENT', { verified: false });
    const email = `${person.userId}@test.tutorgraph.example`;
    await ask(graph, REQUEST_EMAIL, {}, person);
    await messagesTo(graph, email, 1);
    const code = await database(graph).findOneOrFail(VerificationCode, { userId: person.userId });
    return { person, email, codeId: code.id };
  }

  it('is sent by whoever derives it again', async () => {
    const { email, codeId } = await asked();
    const first = await codeTo(graph, email);
    await deliver(codeId);
    expect(await codeTo(graph, email, 2)).toBe(first);
  });

  it.each<[string, Partial<VerificationCode>]>([
    ['has expired', { expiresAt: new Date() }],
    ['was used', { usedAt: new Date() }],
    ['was tried too often', { attempts: 5 }],
    ['belongs to nobody', { codeHash: 'x'.repeat(43) }],
  ])('is not sent any more when it %s', async (_what, change) => {
    const { email, codeId } = await asked();
    await database(graph).nativeUpdate(VerificationCode, { id: codeId }, change);
    await deliver(codeId);
    expect(await messagesTo(graph, email, 1)).toHaveLength(1);
  });

  it('is not sent any more when it was replaced, and never by whoever has another secret', async () => {
    const { person, email, codeId } = await asked();
    await deliver(codeId, 'another secret, also long enough to be one');
    await ask(graph, REQUEST_EMAIL, {}, person);
    await messagesTo(graph, email, 2);
    await deliver(codeId);
    expect(await messagesTo(graph, email, 2)).toHaveLength(2);
  });
});

describe('a notice', () => {
  let graph: TestGraph;

  beforeAll(async () => {
    graph = await startTestGraph(['accounts']);
  });

  afterAll(() => graph.close());

  it.each(notices)('%s has words in every language', async (notice) => {
    const messages = await loadMessages(new URL('../src/messages/', import.meta.url));
    for (const texts of Object.values(messages)) {
      expect(texts).toMatchObject({
        [`notice.${notice}.subject`]: expect.any(String),
        [`notice.${notice}.text`]: expect.any(String),
      });
    }
  });

  it.each([
    ['the address that nobody proved', { emailVerifiedAt: null }],
    ['no address', { email: null, telegramId: '4711', passwordHash: null }],
  ])('is not sent to %s, and does not stay', async (_what, account) => {
    const { id } = await addAccount(graph, account);
    const em = database(graph);
    const noticeId = crypto.randomUUID();
    const row = {
      id: noticeId,
      userId: id,
      notice: 'PASSWORD_CHANGED',
      recipient: null,
      createdAt: new Date(),
    } as const;
    await em.insert(PendingNotice, row);
    const messages = createMessages(await loadMessages(new URL('../src/messages/', import.meta.url)));
    const job = deliverNoticeJob(em, createDelivery({ settings: {}, em }).mailer, messages);
    const run = { id: crypto.randomUUID(), attempt: 1, signal: new AbortController().signal, logger: silentLogger };
    await job.handler({ noticeId }, run);
    await job.handler({ noticeId }, run);
    expect(await database(graph).count(PendingNotice)).toBe(0);
    expect(await em.execute('select * from accounts.development_messages where user_id = ?', [id])).toEqual([]);
  });
});

describe('the database', () => {
  it('holds no code, in no table of any schema, and no address in events and jobs', async () => {
    const graph = await startTestGraph(['accounts']);
    const codes: string[] = [];
    for (let index = 0; index < 10; index++) {
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
      if (table !== 'accounts.development_messages') expect([table, code.exec(text)?.[0]]).toEqual([table, undefined]);
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
