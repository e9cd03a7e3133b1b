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
import { AccountDeletion } from '../src/privacy/account-deletion.entity.js';
import { Session } from '../src/sessions/session.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, PASSWORD, runAs } from './account-fixtures.js';
import { SIGN_IN } from './accounts-client.js';
import { ask, elsewhere, jobsDone, REQUEST_EMAIL } from './codes-client.js';

let graph: TestGraph;
const DAY_MS = 24 * 60 * 60 * 1000;
const run = { id: 'test', attempt: 1, signal: new AbortController().signal, logger: silentLogger };

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
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

    // A person's own deletion leaves a row for others to refer to; so did an account that was replaced, for an hour.
    const [deleted, replaced] = [await addAccount(graph), await addAccount(graph)];
    const due = daysAgo(1);
    await em.insert(AccountDeletion, { userId: deleted.id, requestedAt: due, dueAt: due, erasedAt: due, rooms: [] });
    await em.nativeUpdate(User, { id: [deleted.id, replaced.id] }, { erasedAt: due });

    await purgeUnverifiedAccountsJob(em).handler({}, run);

    const left = await database(graph).find(User, {});
    const kept = [young.id, proven.id, onTelegram.id, deleted.id, old.id];
    expect(left.map(({ id }) => id).sort()).toEqual(kept.sort());
    expect(left.find(({ id }) => id === old.id)).toMatchObject({ email: null, passwordHash: null, lastName: '' });
    await em.nativeUpdate(User, { id: old.id }, { erasedAt: new Date(Date.now() - 61 * 60_000) });
    await purgeUnverifiedAccountsJob(em).handler({}, run);
    expect(await database(graph).count(User, { id: old.id })).toBe(0);
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
