import { Outbox } from '@tutorgraph/kit/events/outbox.entity';
import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VerificationCode } from '../src/codes/verification-code.entity.js';
import { inBatches } from '../src/jobs/in-batches.js';
import { purgeCodesJob } from '../src/jobs/purge-codes.job.js';
import { purgeNoticesJob } from '../src/jobs/purge-notices.job.js';
import { purgeUnverifiedAccountsJob } from '../src/jobs/purge-unverified-accounts.job.js';
import { PendingNotice } from '../src/notices/pending-notice.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';
import { ask, elsewhere, jobsDone, REQUEST_EMAIL } from './codes-client.js';

let graph: TestGraph;
const DAY_MS = 24 * 60 * 60 * 1000;
const run = { id: 'test', attempt: 1, signal: new AbortController().signal, logger: silentLogger };

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}

describe('accounts whose address nobody proved', () => {
  it('are removed after 30 days with their sessions, and no others', async () => {
    const old = await addAccount(graph, { emailVerifiedAt: null });
    const young = await addAccount(graph, { emailVerifiedAt: null });
    const proven = await addAccount(graph);
    const onTelegram = await addAccount(graph, { email: null, telegramId: '4712' });
    await runAs(graph, elsewhere(), SIGN_IN, { input: { email: old.email, password: PASSWORD } });
    const em = database(graph);
    await em.nativeUpdate(User, { id: { $ne: young.id } }, { createdAt: daysAgo(30) });
    await em.nativeUpdate(User, { id: young.id }, { createdAt: daysAgo(29.9) });

    await purgeUnverifiedAccountsJob(em).handler({}, run);

    const left = (await database(graph).find(User, {})).map(({ id }) => id);
    expect(left.sort()).toEqual([young.id, proven.id, onTelegram.id].sort());
    expect(await database(graph).count(Session, { userId: old.id })).toBe(0);
    const events = (await database(graph).find(Outbox, {})).map(({ event }) => event);
    expect(events.filter(({ type }) => type.includes('.user.removed.'))).toMatchObject([{ subject: old.id }]);
    const ended = events.filter(({ type }) => type.includes('.session.revoked.'));
    expect(ended).toMatchObject([{ data: { userId: old.id, reason: 'ERASED' } }]);
  });
});

describe('codes', () => {
  it('are forgotten when they have expired', async () => {
    const [expired, good] = [await graph.person('STUDENT'), await graph.person('STUDENT')];
    for (const person of [expired, good]) {
      await ask(graph, REQUEST_EMAIL, { email: `new-${person.userId}@test.tutorgraph.example` }, person);
    }
    await jobsDone(graph);
    const em = database(graph);
    await em.nativeUpdate(VerificationCode, { userId: expired.userId }, { expiresAt: new Date(Date.now() - 1) });
    await purgeCodesJob(em).handler({}, run);
    expect(await database(graph).find(VerificationCode, {})).toMatchObject([{ userId: good.userId }]);
  });
});

describe('notices', () => {
  it('are forgotten when they could not be sent for a week', async () => {
    const { id: userId } = await addAccount(graph);
    const em = database(graph);
    const [old, young] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const [id, createdAt] of [
      [old, daysAgo(7.1)],
      [young, daysAgo(6.9)],
    ] as const) {
      await em.insert(PendingNotice, { id, userId, notice: 'PASSWORD_CHANGED', recipient: null, createdAt });
    }
    await purgeNoticesJob(em).handler({}, run);
    expect(await database(graph).find(PendingNotice, {})).toMatchObject([{ id: young }]);
  });
});

describe('removing in batches', () => {
  it('goes on until a batch is not full', async () => {
    const removed = [3, 3, 2, 3];
    const limits: number[] = [];
    await inBatches(async (limit) => {
      limits.push(limit);
      return removed.shift() ?? 0;
    }, 3);
    expect(limits).toEqual([3, 3, 3]);
  });
});
