import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PDF, PROOF, requestDocument, submitProof, uploadDocument } from './documents.js';
import { Market, NOBODY, type TestTutor } from './market.js';

const ONE = `query ($id: ID!) {
  verification(id: $id) {
    id status decidedBy { id } check { verdict } tutor { id } documents { id contentType size url }
  }
}`;
const BADGE = 'query ($id: ID!) { tutor(id: $id) { verified verifiedKinds } }';
const MINE = '{ myVerifications { edges { node { id } } } }';
const QUEUE = 'query ($filter: VerificationFilter) { verifications(filter: $filter) { edges { node { id } } } }';

let market: Market;
let hr: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  await market.graph.files.serve();
  hr = await market.graph.person('HR');
});

beforeAll(async () => {
  tutor = await market.tutor();
});

afterAll(() => market.close());

const badge = async (of = tutor) => (await market.run(BADGE, { id: of.tutorId })).data['tutor'];
const see = async (id: string, person?: TestPerson) => (await market.run(ONE, { id }, person)).data['verification'];
const approve = (verificationId: string, by = hr) => market.mutate('approveVerification', { verificationId }, by);
const reject = (verificationId: string, by = hr, reason = 'The number is not readable.') =>
  market.mutate('rejectVerification', { verificationId, reason }, by);

async function eventsOf(subject: string): Promise<{ type: string; data: object }[]> {
  const rows = await market.sql<{ event: { type: string; data: object } }>(
    `select event from marketplace.outbox where event ->> 'subject' = ? order by event ->> 'id'`,
    [subject],
  );
  return rows.map(({ event }) => ({ type: event.type.replace('tutorgraph.marketplace.', ''), data: event.data }));
}

async function fileStands(id: string): Promise<boolean> {
  const [row] = await market.sql<{ storage_key: string | null }>(
    'select storage_key from marketplace.verification_documents where verification_id = ?',
    [id],
  );
  return Boolean(row?.storage_key && (await market.graph.files.storage.head(row.storage_key)));
}

describe('submitVerification', () => {
  it('takes a proof with its documents, and tells whose it is', async () => {
    const uploadIds = [await uploadDocument(market, tutor), await uploadDocument(market, tutor)];
    const { payload, refused } = await market.mutate('submitVerification', { ...PROOF, uploadIds }, tutor);
    expect(refused).toEqual([]);
    const file = { contentType: 'application/pdf', size: PDF.length };
    expect(payload?.['verification']).toMatchObject({
      ...PROOF,
      status: 'PENDING',
      validUntil: null,
      check: null,
      documents: [file, file],
    });
    const made = payload?.['verification'] as { id: string } | undefined;
    const data = { tutorId: tutor.tutorId, userId: tutor.userId, kind: 'DIPLOMA' };
    expect(await eventsOf(made?.id ?? '')).toEqual([{ type: 'verification.submitted.v1', data }]);
  });

  it('takes only uploads of one’s own that are documents and checked, and says which are not', async () => {
    const uploadIds = [
      await uploadDocument(market, tutor),
      await uploadDocument(market, await market.tutor()),
      (await requestDocument(market, tutor)).upload.id,
      (await requestDocument(market, tutor, 'AVATAR')).upload.id,
      'nonsense',
    ];
    const { userErrors } = await market.mutate('submitVerification', { ...PROOF, uploadIds }, tutor);
    expect(userErrors.map(({ code, field }) => [code, field?.[2]])).toEqual([
      ['UPLOAD_NOT_FOUND', '1'],
      ['UPLOAD_NOT_USABLE', '2'],
      ['UPLOAD_NOT_USABLE', '3'],
      ['UPLOAD_NOT_FOUND', '4'],
    ]);
  });

  it('takes each upload once, also when it is submitted many times at once', async () => {
    const other = await market.tutor();
    const uploadIds = [await uploadDocument(market, other)];
    const input = { ...PROOF, uploadIds };
    const answers = await Promise.all([1, 2, 3].map(() => market.mutate('submitVerification', input, other)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(['UPLOAD_IN_USE', 'UPLOAD_IN_USE']);
  });

  it('lets one proof of the person wait at a time, and ten of all', async () => {
    const other = await market.tutor();
    await submitProof(market, other, { kind: 'IDENTITY' });
    const again = { ...PROOF, kind: 'IDENTITY', uploadIds: [await uploadDocument(market, other)] };
    expect((await market.mutate('submitVerification', again, other)).refused).toEqual(['ALREADY_PENDING']);
    for (let count = 1; count < 10; count += 1) await submitProof(market, other);
    const more = { ...PROOF, uploadIds: [await uploadDocument(market, other)] };
    expect((await market.mutate('submitVerification', more, other)).refused).toEqual(['TOO_MANY_PENDING']);
  });

  it('needs a profile, and what a proof must look like', async () => {
    const without = await market.graph.person('TUTOR');
    const input = { ...PROOF, uploadIds: [await uploadDocument(market, without)] };
    expect((await market.mutate('submitVerification', input, without)).refused).toEqual(['PROFILE_REQUIRED']);
    const { userErrors } = await market.mutate('submitVerification', { ...input, title: '', uploadIds: [] }, tutor);
    expect(userErrors.map(({ code, field }) => [code, field?.[1]])).toEqual([
      ['INVALID_INPUT', 'title'],
      ['INVALID_INPUT', 'uploadIds'],
    ]);
  });
});

describe('a proof', () => {
  it('is seen with its files by its tutor and whoever decides, and by nobody else', async () => {
    const id = await submitProof(market, tutor);
    for (const person of [tutor, hr, await market.graph.person('ADMIN')]) {
      expect(await see(id, person)).toMatchObject({ id, tutor: { id: tutor.tutorId } });
    }
    const others = [await market.student(), await market.tutor(), await market.graph.person('CURATOR')];
    for (const person of others) expect(await see(id, person)).toBeNull();
    expect(await see(NOBODY, hr)).toBeNull();
    expect(await see('nonsense', tutor)).toBeNull();
    expect((await market.run(ONE, { id })).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('has files at addresses that give them to be saved, and that nobody can guess', async () => {
    const id = await submitProof(market, tutor);
    const { documents } = (await see(id, hr)) as { documents: { url: string }[] };
    const url = documents[0]?.url ?? '';
    const response = await fetch(url);
    expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true);
    expect(response.headers.get('content-disposition')).toContain('document-1.pdf');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    // The very last character stands for fewer bits than it has, so that two of them can mean the same.
    const tampered = `${url.slice(0, -2)}${url.at(-2) === 'A' ? 'B' : 'A'}${url.at(-1)}`;
    expect((await fetch(tampered)).ok).toBe(false);
  });

  it('does not tell its tutor who decided, nor what a checker said', async () => {
    const id = await submitProof(market, tutor);
    await approve(id);
    expect(await see(id, tutor)).toMatchObject({ decidedBy: null, check: null });
    expect(await see(id, hr)).toMatchObject({ decidedBy: { id: hr.userId } });
  });
});

describe('approveVerification', () => {
  it('gives the badge for 12 months, tells so and leaves a trace in the audit log', async () => {
    const other = await market.tutor();
    expect(await badge(other)).toEqual({ verified: false, verifiedKinds: [] });
    const id = await submitProof(market, other);
    const before = Date.now();
    const { payload } = await approve(id);
    expect(payload).toMatchObject({
      verification: { id, status: 'VERIFIED', decidedBy: { id: hr.userId } },
      tutor: { id: other.tutorId, verified: true, verifiedKinds: ['DIPLOMA'] },
    });
    const approved = payload?.['verification'] as { validUntil: string } | undefined;
    const days = (Date.parse(approved?.validUntil ?? '') - before) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(365);
    expect(days).toBeLessThan(366.1);
    const [submitted, ...decided] = await eventsOf(id);
    expect(submitted?.type).toBe('verification.submitted.v1');
    expect(decided).toEqual([
      {
        type: 'verification.approved.v1',
        data: { tutorId: other.tutorId, userId: other.userId, kind: 'DIPLOMA' },
      },
      {
        type: 'staff-action.performed.v1',
        data: expect.objectContaining({
          actorId: hr.userId,
          userId: other.userId,
          action: 'marketplace.verification.approve',
          resourceId: id,
        }),
      },
    ]);
  });

  it('lets the tutor be found among the verified, for as long as it counts', async () => {
    const other = await market.tutor();
    const FOUND = '{ tutors(filter: { verified: true }, first: 100) { edges { node { id } } } }';
    const isFound = async () => (await market.ids(FOUND, 'tutors')).includes(other.tutorId);
    const id = await submitProof(market, other);
    expect(await isFound()).toBe(false);
    await approve(id);
    expect(await isFound()).toBe(true);
    await reject(id);
    expect(await isFound()).toBe(false);
  });

  it('lets the first of several decide, whatever the others want', async () => {
    const other = await market.tutor();
    const id = await submitProof(market, other);
    const admin = await market.graph.person('ADMIN');
    const answers = await Promise.all([approve(id), approve(id, admin), approve(id), approve(id, admin)]);
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(3).fill('VERIFICATION_DECIDED'));
    const approvals = (await eventsOf(id)).filter(({ type }) => type === 'verification.approved.v1');
    expect(approvals).toHaveLength(1);
  });

  it('decides once when the tutor withdraws at the same moment', async () => {
    const other = await market.tutor();
    const id = await submitProof(market, other);
    const answers = await Promise.all([
      approve(id),
      market.mutate('withdrawVerification', { verificationId: id }, other),
    ]);
    const refused = answers.flatMap((one) => one.refused);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatch(/VERIFICATION_DECIDED|NOT_FOUND/);
    const isGone = (await see(id, hr)) === null;
    expect(await badge(other)).toMatchObject({ verified: !isGone });
  });

  it('is not for one’s own', async () => {
    const root = await market.graph.person('SUPER_ADMIN');
    const profile = { headline: 'Both', currency: 'EUR', languages: ['en'], formats: ['ONLINE'], experienceYears: 1 };
    await market.made('createTutorProfile', profile, root, 'tutor');
    const id = await submitProof(market, root);
    expect((await approve(id, root)).refused).toEqual(['OWN_VERIFICATION']);
    expect((await reject(id, root)).refused).toEqual(['OWN_VERIFICATION']);
    expect((await approve(NOBODY)).refused).toEqual(['NOT_FOUND']);
  });

  it.each(['TUTOR', 'STUDENT', 'SUPERVISOR', 'CURATOR'] as const)('is refused to %s', async (role) => {
    const person = await market.graph.person(role);
    expect((await approve(NOBODY, person)).codes).toEqual(['FORBIDDEN']);
    expect((await reject(NOBODY, person)).codes).toEqual(['FORBIDDEN']);
    expect((await market.run(QUEUE, {}, person)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('rejectVerification', () => {
  it('says why, and lets the tutor submit a new one', async () => {
    const other = await market.tutor();
    const id = await submitProof(market, other, { kind: 'IDENTITY' });
    const { payload } = await reject(id);
    expect(payload).toMatchObject({
      verification: { status: 'REJECTED', rejectionReason: 'The number is not readable.' },
      tutor: { verified: false },
    });
    expect((await approve(id)).refused).toEqual(['VERIFICATION_DECIDED']);
    const next = await submitProof(market, other, { kind: 'IDENTITY' });
    expect((await approve(next)).refused).toEqual([]);
    expect(await badge(other)).toEqual({ verified: true, verifiedKinds: ['IDENTITY'] });
  });

  it('takes the badge away at once when something turns out to be wrong, unless something else counts', async () => {
    const other = await market.tutor();
    const [first, second] = [
      await submitProof(market, other),
      await submitProof(market, other, { kind: 'CERTIFICATE' }),
    ];
    await approve(first);
    await approve(second);
    expect(await badge(other)).toEqual({ verified: true, verifiedKinds: ['CERTIFICATE', 'DIPLOMA'] });
    expect((await reject(first)).payload).toMatchObject({
      verification: { validUntil: null },
      tutor: { verified: true },
    });
    expect((await reject(second)).payload).toMatchObject({ tutor: { verified: false, verifiedKinds: [] } });
    expect((await reject(second)).refused).toEqual(['VERIFICATION_DECIDED']);
  });

  it('needs a reason', async () => {
    expect((await reject(NOBODY, hr, ' ')).refused).toEqual(['INVALID_INPUT']);
  });
});

describe('withdrawVerification', () => {
  it('takes back what nobody has decided on, and removes its files for good', async () => {
    const uploadId = await uploadDocument(market, tutor);
    const id = await submitProof(market, tutor, { uploadIds: [uploadId] });
    expect(await fileStands(id)).toBe(true);
    const [{ storage_key: key } = { storage_key: '' }] = await market.sql<{ storage_key: string }>(
      'select storage_key from marketplace.verification_documents where verification_id = ?',
      [id],
    );
    const { payload } = await market.mutate('withdrawVerification', { verificationId: id }, tutor);
    expect(payload).toMatchObject({ withdrawnVerificationId: id });
    expect(await see(id, tutor)).toBeNull();
    await expect.poll(() => market.graph.files.storage.head(key), { timeout: 20_000 }).toBeUndefined();
    const again = await market.mutate('submitVerification', { ...PROOF, uploadIds: [uploadId] }, tutor);
    expect(again.refused).toEqual(['UPLOAD_IN_USE']);
  });

  it('is for one’s own, while it waits', async () => {
    const id = await submitProof(market, tutor);
    const withdraw = (person: TestPerson) => market.mutate('withdrawVerification', { verificationId: id }, person);
    expect((await withdraw(await market.tutor())).refused).toEqual(['NOT_FOUND']);
    await reject(id);
    expect((await withdraw(tutor)).refused).toEqual(['VERIFICATION_DECIDED']);
    expect(await fileStands(id)).toBe(true);
  });
});

describe('lists of proofs', () => {
  it('are the tutor’s own, the newest first, and the queue, the oldest first', async () => {
    const other = await market.tutor();
    const ids = [await submitProof(market, other), await submitProof(market, other, { kind: 'IDENTITY' })];
    expect(await market.ids(MINE, 'myVerifications', {}, other)).toEqual([...ids].reverse());
    expect(await market.ids(MINE, 'myVerifications', {}, await market.student())).toEqual([]);
    const tutorId = other.tutorId;
    const queue = (filter: object) => market.ids(QUEUE, 'verifications', { filter: { tutorId, ...filter } }, hr);
    expect(await queue({ status: 'PENDING' })).toEqual(ids);
    expect(await queue({ kind: 'IDENTITY' })).toEqual(ids.slice(1));
    await approve(ids[0] ?? '');
    expect(await queue({ status: 'PENDING' })).toEqual(ids.slice(1));
    expect(await queue({ tutorId: 'nonsense' })).toEqual([]);
  });
});
