import { transaction } from '@tutorgraph/kit/database/transaction';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { Market, NOBODY, type TestTutor } from './market.js';

const FIELDS = `id hourlyRate { amountMinor currency } proposedRate { amountMinor currency } proposedAt
  tutor { id } subject { id } student { id }`;
const AS_STUDENT = `{ myRates { edges { node { ${FIELDS} } } } }`;
const AS_TUTOR = `{ myStudentRates { edges { node { ${FIELDS} } } } }`;
const OFFERS = `query ($tutorId: ID!, $subjectId: ID!, $minutes: Int) {
  packageOffers(tutorId: $tutorId, subjectId: $subjectId, durationMinutes: $minutes) {
    lessons durationMinutes discountPercent validDays price { amountMinor currency } fullPrice { amountMinor }
  }
}`;

interface RateOfApi {
  id: string;
  hourlyRate: { amountMinor: number; currency: string };
  proposedRate: { amountMinor: number } | null;
}

/** A student with what they have agreed upon with a tutor: 30.00 an hour, offered for 30.00. */
interface Pair {
  tutor: TestTutor;
  student: TestPerson;
  subjectId: string;
  offeringId: string;
  bookingId: string;
}

let market: Market;

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

async function pair(): Promise<Pair> {
  const [tutor, student, subjectId] = [await market.tutor(), await market.student(), await market.subject()];
  const offeringId = await market.offering(tutor, subjectId, 3_000);
  return {
    tutor,
    student,
    subjectId,
    offeringId,
    bookingId: await market.booking(student, tutor, undefined, subjectId),
  };
}

async function rates(person: TestPerson, query = AS_STUDENT): Promise<RateOfApi[]> {
  const { data, errors } = await market.run(query, {}, person);
  if (errors) throw errors[0];
  const [connection] = Object.values(data) as { edges: { node: RateOfApi }[] }[];
  return connection?.edges.map(({ node }) => node) ?? [];
}

const offer = ({ tutor, offeringId }: Pair, amountMinor: number) =>
  market.made('updateOffering', { offeringId, hourlyRate: euros(amountMinor) }, tutor, 'offering');
const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

async function answer({ student }: Pick<Pair, 'student'>, amountMinor: number, accept: boolean, rateId?: string) {
  const id = rateId ?? (await rates(student))[0]?.id;
  return market.mutate('answerRateProposal', { rateId: id, proposedRate: euros(amountMinor), accept }, student);
}

/** Rates and proposals as they stand, in minor units. */
async function stands({ student }: Pick<Pair, 'student'>): Promise<[number, number | null][]> {
  return (await rates(student)).map(({ hourlyRate, proposedRate }) => [
    hourlyRate.amountMinor,
    proposedRate?.amountMinor ?? null,
  ]);
}

async function told(rateId: string | undefined): Promise<string[]> {
  const rows = await market.sql<{ verb: string }>(
    `select split_part(event ->> 'type', '.', 4) as verb from marketplace.outbox
      where event ->> 'subject' = ? order by sequence`,
    [rateId],
  );
  return rows.map(({ verb }) => verb);
}

describe('what a student and a tutor have agreed upon', () => {
  it('is there with the first booking, for the two of them', async () => {
    const { tutor, student, subjectId } = await pair();
    const expected = {
      hourlyRate: euros(3_000),
      proposedRate: null,
      proposedAt: null,
      tutor: { id: tutor.tutorId },
      subject: { id: subjectId },
      student: { id: student.userId },
    };
    expect(await rates(student)).toMatchObject([expected]);
    expect(await rates(tutor, AS_TUTOR)).toMatchObject([expected]);
    for (const person of [await market.student(), await market.tutor(), await market.graph.person('ADMIN')]) {
      expect(await rates(person)).toEqual([]);
      expect(await rates(person, AS_TUTOR)).toEqual([]);
    }
    expect((await market.run(AS_STUDENT)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a higher rate', () => {
  it('holds for new students and is proposed to the present one, whose bookings keep their price', async () => {
    const those = await pair();
    await offer(those, 4_000);
    expect(await stands(those)).toEqual([[3_000, 4_000]]);
    const [rate] = await rates(those.student);
    expect(await told(rate?.id)).toEqual(['proposed']);
    const { payload } = await answer(those, 4_000, true);
    expect(payload?.['rate']).toMatchObject({ hourlyRate: euros(4_000), proposedRate: null, proposedAt: null });
    expect(await told(rate?.id)).toEqual(['proposed', 'changed']);
    const { data } = await market.run(
      'query ($id: ID!) { booking(id: $id) { price { amountMinor } } }',
      { id: those.bookingId },
      those.student,
    );
    expect(data).toEqual({ booking: { price: { amountMinor: 3_000 } } });
  });

  it('leaves everything as it is when the student declines', async () => {
    const those = await pair();
    await offer(those, 4_000);
    const { payload } = await answer(those, 4_000, false);
    expect(payload?.['rate']).toMatchObject({ hourlyRate: euros(3_000), proposedRate: null });
    expect(await told((await rates(those.student))[0]?.id)).toEqual(['proposed', 'declined']);
    expect((await answer(those, 4_000, true)).refused).toEqual(['NO_PROPOSAL']);
  });

  it('is replaced by the next one, and nobody consents to what they have not read', async () => {
    const those = await pair();
    await offer(those, 4_000);
    await offer(those, 5_000);
    expect((await answer(those, 4_000, true)).refused).toEqual(['PROPOSAL_CHANGED']);
    expect(await stands(those)).toEqual([[3_000, 5_000]]);
    expect((await answer(those, 5_000, true)).refused).toEqual([]);
  });

  it('is proposed in the subject in question only, to each of its students', async () => {
    const those = await pair();
    const others = [await market.student(), await market.student()];
    for (const student of others) await market.booking(student, those.tutor, undefined, those.subjectId);
    await market.booking(those.student, those.tutor);
    await offer(those, 4_000);
    for (const student of others) expect(await stands({ student })).toEqual([[3_000, 4_000]]);
    expect(await stands(those)).toEqual([
      [3_000, 4_000],
      [3_000, null],
    ]);
  });

  it('is answered by its own student only', async () => {
    const those = await pair();
    await offer(those, 4_000);
    const [rate] = await rates(those.student);
    for (const student of [await market.student(), those.tutor]) {
      expect((await answer({ student }, 4_000, true, rate?.id)).refused).toEqual(['NOT_FOUND']);
    }
    expect((await answer(those, 4_000, true, NOBODY)).refused).toEqual(['NOT_FOUND']);
    expect((await answer(those, 4_000, true, 'nonsense')).refused).toEqual(['NOT_FOUND']);
    expect((await answer(those, 0, true)).refused).toEqual(['INVALID_INPUT']);
    expect(await stands(those)).toEqual([[3_000, 4_000]]);
  });

  it('is answered once when several answers come at the same moment', async () => {
    const those = await pair();
    await offer(those, 4_000);
    const answers = await Promise.all([true, false, true, false].map((accept) => answer(those, 4_000, accept)));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(3).fill('NO_PROPOSAL'));
    const events = await told((await rates(those.student))[0]?.id);
    expect(events).toHaveLength(2);
  });

  // The embedded database takes transactions one after another: there a race cannot show.
  it.runIf(isRealPostgres())('is never consented to by an answer to the one before', async () => {
    for (let round = 0; round < 8; round += 1) {
      const those = await pair();
      await offer(those, 4_000);
      const [{ refused }] = await Promise.all([answer(those, 4_000, true), offer(those, 5_000)]);
      const expected = refused.length === 0 ? [4_000, 5_000] : [3_000, 5_000];
      expect(await stands(those)).toEqual([expected]);
    }
  });
});

describe('a lower rate', () => {
  it('holds at once and takes a proposal back', async () => {
    const those = await pair();
    await offer(those, 4_000);
    await offer(those, 2_000);
    expect(await stands(those)).toEqual([[2_000, null]]);
    expect(await told((await rates(those.student))[0]?.id)).toEqual(['proposed', 'changed']);
    expect((await answer(those, 4_000, true)).refused).toEqual(['NO_PROPOSAL']);
  });

  it('is no change when only the levels change', async () => {
    const those = await pair();
    await market.made('updateOffering', { offeringId: those.offeringId, levels: ['ADULT'] }, those.tutor, 'offering');
    await offer(those, 3_000);
    expect(await stands(those)).toEqual([[3_000, null]]);
    expect(await told((await rates(those.student))[0]?.id)).toEqual([]);
  });
});

describe('packages and trials', () => {
  const offers = (variables: object, person?: TestPerson) => market.run(OFFERS, variables, person);

  it('are priced by the rules of today, for everybody as offered and for a student as agreed', async () => {
    const those = await pair();
    await offer(those, 4_000);
    const wanted = { tutorId: those.tutor.tutorId, subjectId: those.subjectId, minutes: 60 };
    const { data } = await offers(wanted);
    expect(data['packageOffers']).toEqual([
      expect.objectContaining({ lessons: 5, price: euros(19_000), fullPrice: { amountMinor: 20_000 }, validDays: 180 }),
      expect.objectContaining({ lessons: 10, discountPercent: 10, price: euros(36_000), durationMinutes: 60 }),
      expect.objectContaining({ lessons: 20, discountPercent: 15, price: euros(68_000) }),
    ]);
    const own = (await offers({ ...wanted, minutes: 30 }, those.student)).data['packageOffers'];
    expect((own as { price: object }[])[0]?.price).toEqual(euros(7_125));
  });

  it('are below what a tutor offers, too', async () => {
    const those = await pair();
    const query = `query ($id: ID!) { tutor(id: $id) { offerings {
      trialPrice { amountMinor currency } packages(durationMinutes: 60) { price { amountMinor } } } } }`;
    const { data } = await market.run(query, { id: those.tutor.tutorId });
    const { offerings } = data['tutor'] as { offerings: object[] };
    expect(offerings).toEqual([
      {
        trialPrice: euros(2_500),
        packages: [
          { price: { amountMinor: 14_250 } },
          { price: { amountMinor: 27_000 } },
          { price: { amountMinor: 51_000 } },
        ],
      },
    ]);
  });

  it('are not there where nothing can be booked', async () => {
    const { tutor, subjectId } = await pair();
    const { tutorId } = tutor;
    expect((await offers({ tutorId, subjectId, minutes: 47 })).codes).toEqual(['BAD_USER_INPUT']);
    expect((await offers({ tutorId, subjectId: await market.subject() })).data).toEqual({ packageOffers: [] });
    expect((await offers({ tutorId: NOBODY, subjectId })).data).toEqual({ packageOffers: null });
    await market.made('hideTutorProfile', { hidden: true }, tutor, 'tutor');
    expect((await offers({ tutorId, subjectId })).data).toEqual({ packageOffers: null });
  });
});

describe('privacy of rates', () => {
  it('gives both sides theirs, and forgets them with either', async () => {
    const room = market.graph.rooms.get('marketplace');
    if (!room) throw new Error('The marketplace does not run');
    const { em } = room.orm;
    const those = await pair();
    const mine = await marketplacePrivacy.collect(em.fork(), those.student.userId);
    expect(mine.sections['rates']).toMatchObject([{ as: 'STUDENT', rateMinor: 3_000, tutorId: those.tutor.tutorId }]);
    const theirs = await marketplacePrivacy.collect(em.fork(), those.tutor.userId);
    expect(theirs.sections['rates']).toMatchObject([{ as: 'TUTOR', rateMinor: 3_000 }]);
    expect(JSON.stringify(theirs.sections['rates'])).not.toContain(those.student.userId);
    const another = await market.student();
    await market.booking(another, those.tutor, undefined, those.subjectId);
    await transaction(em, (tx) => marketplacePrivacy.erase(tx, those.student.userId));
    expect([await stands(those), await stands({ student: another })]).toEqual([[], [[3_000, null]]]);
    await transaction(em, (tx) => marketplacePrivacy.erase(tx, those.tutor.userId));
    expect(await stands({ student: another })).toEqual([]);
  });
});
