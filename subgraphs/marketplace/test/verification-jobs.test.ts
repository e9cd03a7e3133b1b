import { silentLogger } from '@tutorgraph/kit/telemetry/logger';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireVerificationsJob } from '../src/jobs/expire-verifications.job.js';
import { removeDocumentsJob } from '../src/jobs/remove-documents.job.js';
import { submitProof } from './documents.js';
import { Market, type TestTutor } from './market.js';

const run = { id: 'test', attempt: 1, signal: new AbortController().signal, logger: silentLogger };
let market: Market;
let hr: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  await market.graph.files.serve();
  hr = await market.graph.person('HR');
});

afterAll(() => market.close());

function em() {
  const room = market.graph.rooms.get('marketplace');
  if (!room) throw new Error('The marketplace does not run');
  return room.orm.em.fork();
}

const expire = () => expireVerificationsJob(em()).handler({}, run);

async function verified(tutor: TestTutor, ends: string, change: object = {}): Promise<string> {
  const id = await submitProof(market, tutor, change);
  await market.made('approveVerification', { verificationId: id }, hr, 'verification');
  await endsAt(id, ends);
  return id;
}

/** Moves until when something counts, as if it had been approved at another time. */
async function endsAt(id: string, ends: string): Promise<void> {
  const moved = `date_trunc('milliseconds', now()) + ?::interval`;
  await market.sql(`update marketplace.verifications set valid_until = ${moved} where id = ?`, [ends, id]);
}

async function told(id: string): Promise<string[]> {
  const rows = await market.sql<{ verb: string }>(
    `select split_part(event ->> 'type', '.', 4) as verb from marketplace.outbox
      where event ->> 'subject' = ? and event ->> 'type' like '%.verification.%' order by sequence`,
    [id],
  );
  return rows.map(({ verb }) => verb);
}

async function stands(tutor: TestTutor) {
  const [row] = await market.sql<{ statuses: string[]; until: boolean }>(
    `select (select array_agg(v.status order by v.id) from marketplace.verifications v where v.tutor_id = t.id) as statuses,
        verified_until is not distinct from (select max(v.valid_until) from marketplace.verifications v
          where v.tutor_id = t.id and v.status = 'VERIFIED') as until
       from marketplace.tutors t where id = ?`,
    [tutor.tutorId],
  );
  return row;
}

describe('expire-verifications', () => {
  it('tells 30 days before, once, however often it runs', async () => {
    const tutor = await market.tutor();
    const [soon, later] = [await verified(tutor, '30 days'), await verified(tutor, '30 days 1 hour')];
    await expire();
    await expire();
    expect(await told(soon)).toEqual(['submitted', 'approved', 'expiring']);
    expect(await told(later)).toEqual(['submitted', 'approved']);
  });

  it('ends what is over, and the badge when nothing else counts', async () => {
    const tutor = await market.tutor();
    const over = await verified(tutor, '-1 second');
    const other = await verified(tutor, '100 days', { kind: 'CERTIFICATE' });
    await expire();
    expect(await told(over)).toEqual(['submitted', 'approved', 'expired']);
    expect(await stands(tutor)).toEqual({ statuses: ['EXPIRED', 'VERIFIED'], until: true });
    await endsAt(other, '-1 second');
    await Promise.all([expire(), expire()]);
    expect(await told(other)).toEqual(['submitted', 'approved', 'expired']);
    expect(await stands(tutor)).toEqual({ statuses: ['EXPIRED', 'EXPIRED'], until: true });
    const { data } = await market.run('query ($id: ID!) { tutor(id: $id) { verified } }', { id: tutor.tutorId });
    expect(data).toEqual({ tutor: { verified: false } });
  });

  it('does not change what staff has rejected meanwhile', async () => {
    const tutor = await market.tutor();
    const id = await verified(tutor, '-1 second');
    await Promise.all([
      expire(),
      market.mutate('rejectVerification', { verificationId: id, reason: 'It is forged.' }, hr),
    ]);
    const [last] = (await told(id)).slice(-1);
    expect(['expired', 'rejected']).toContain(last);
    expect(await stands(tutor)).toEqual({ statuses: [last?.toUpperCase()], until: true });
  });

  it('does it for more than it takes at once', async () => {
    const id = `('01900000-0000-7000-8002-' || lpad(n::text, 12, '0'))::uuid`;
    await market.sql(`insert into marketplace.tutors (id, user_id, display_name, headline, currency, languages, formats,
        experience_years, verified_until, created_at, updated_at)
      select ${id}, ${id}, 'Many', 'One of many', 'EUR', '{en}', '{ONLINE}', 1, now(), now(), now()
        from generate_series(1, 105) as n`);
    await market.sql(`insert into marketplace.verifications
        (id, tutor_id, kind, status, title, issuer, submitted_at, decided_at, valid_until)
      select ${id}, ${id}, 'DIPLOMA', 'VERIFIED', 'Diploma', 'A university', now(), now(), now()
        from generate_series(1, 105) as n`);
    await expire();
    const rows = await market.sql(
      `select v.status, t.verified_until, count(*)::int as count from marketplace.verifications v
         join marketplace.tutors t on t.id = v.tutor_id where t.display_name = 'Many' group by 1, 2`,
    );
    expect(rows).toEqual([{ status: 'EXPIRED', verified_until: null, count: 105 }]);
  });
});

describe('remove-documents', () => {
  const remove = () => removeDocumentsJob(em(), market.graph.files.storage).handler({}, run);

  async function keyOf(verificationId: string): Promise<string | null> {
    const [row] = await market.sql<{ storage_key: string | null }>(
      'select storage_key from marketplace.verification_documents where verification_id = ?',
      [verificationId],
    );
    return row?.storage_key ?? null;
  }

  it('removes files 90 days after the end, and none before', async () => {
    const tutor = await market.tutor();
    const [pending, fresh, rejected, expired] = [
      await submitProof(market, tutor),
      await submitProof(market, tutor),
      await submitProof(market, tutor),
      await verified(tutor, '-91 days'),
    ];
    for (const id of [fresh, rejected]) {
      await market.made('rejectVerification', { verificationId: id, reason: 'No.' }, hr, 'verification');
    }
    const days = `update marketplace.verifications set decided_at = now() - ?::interval where id = ?`;
    await market.sql(days, ['89 days', fresh]);
    await market.sql(days, ['91 days', rejected]);
    await expire();
    const keys = await Promise.all([rejected, expired].map(keyOf));
    await remove();
    await remove();
    for (const id of [rejected, expired]) expect(await keyOf(id)).toBeNull();
    for (const key of keys) expect(await market.graph.files.storage.head(key ?? '')).toBeUndefined();
    for (const id of [pending, fresh]) expect(await keyOf(id)).not.toBeNull();
    const query = 'query ($id: ID!) { verification(id: $id) { status documents { id } } }';
    const { data } = await market.run(query, { id: rejected }, hr);
    expect(data).toEqual({ verification: { status: 'REJECTED', documents: [] } });
  });
});
