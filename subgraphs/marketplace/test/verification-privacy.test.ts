import { transaction } from '@tutorgraph/kit/database/transaction';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { submitProof, uploadDocument } from './documents.js';
import { Market } from './market.js';

const WORDS = { title: 'planted title', issuer: 'planted issuer', number: 'planted number' };
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

async function erase(userId: string): Promise<void> {
  await marketplacePrivacy.eraseFiles?.(em(), market.graph.files.storage, userId);
  await transaction(em(), (tx) => marketplacePrivacy.erase(tx, userId));
}

describe('what a tutor has proven', () => {
  it('is theirs to have, without who decided', async () => {
    const tutor = await market.tutor();
    const uploadId = await uploadDocument(market, tutor);
    const id = await submitProof(market, tutor, { ...WORDS, uploadIds: [uploadId] });
    await market.made('approveVerification', { verificationId: id }, hr, 'verification');
    const { sections } = await marketplacePrivacy.collect(em(), tutor.userId);
    expect(sections['verifications']).toMatchObject([{ id, ...WORDS, status: 'VERIFIED', uploadIds: [uploadId] }]);
    expect(JSON.stringify(sections)).not.toContain(hr.userId);
    const others = await marketplacePrivacy.collect(em(), hr.userId);
    expect(others.sections['verifications']).toEqual([]);
  });

  it('is forgotten with them: files, words, what waited and the badge; that it was decided stays', async () => {
    const tutor = await market.tutor();
    const [waits, counts, fails] = [
      await submitProof(market, tutor, WORDS),
      await submitProof(market, tutor, WORDS),
      await submitProof(market, tutor, WORDS),
    ];
    await market.made('approveVerification', { verificationId: counts }, hr, 'verification');
    const rejection = { verificationId: fails, reason: 'planted reason' };
    await market.made('rejectVerification', rejection, hr, 'verification');
    const files = await market.sql<{ storage_key: string }>(
      'select storage_key from marketplace.verification_documents where tutor_id = ?',
      [tutor.tutorId],
    );
    expect(files).toHaveLength(3);

    await erase(tutor.userId);
    await erase(tutor.userId);

    for (const { storage_key: key } of files) {
      expect(await market.graph.files.storage.head(key)).toBeUndefined();
    }
    const rows = await market.sql<{ id: string; status: string }>(
      'select * from marketplace.verifications where tutor_id = ? order by id',
      [tutor.tutorId],
    );
    expect(rows.map(({ id, status }) => [id, status])).toEqual([
      [counts, 'EXPIRED'],
      [fails, 'REJECTED'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('planted');
    expect(rows.some(({ id }) => id === waits)).toBe(false);
    expect(
      await market.sql('select 1 from marketplace.verification_documents where tutor_id = ?', [tutor.tutorId]),
    ).toEqual([]);
    const query = 'query ($id: ID!) { tutor(id: $id) { verified verifiedKinds } }';
    expect((await market.run(query, { id: tutor.tutorId }, hr)).data).toEqual({
      tutor: { verified: false, verifiedKinds: [] },
    });
  });
});
