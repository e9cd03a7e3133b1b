import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Market, NOBODY, type TestTutor } from './market.js';
import { plant, work } from './scheduled-bookings.js';

const CHANGED = `subscription ($bookingId: ID, $after: String) { bookingChanged(bookingId: $bookingId, after: $after) {
  cursor booking { id status student { id } cancellation { by } } } }`;

interface Message {
  cursor: string;
  booking: { id: string; status: string } | null;
}
type Messages = AsyncIterator<{ data?: Record<string, unknown> | null }>;

let market: Market;
let student: TestPerson;
let tutor: TestTutor;
const open: Messages[] = [];

beforeAll(async () => {
  market = await Market.open();
});

beforeEach(async () => {
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterEach(async () => {
  for (const messages of open.splice(0)) await messages.return?.();
});

afterAll(() => market.close());

async function watch(person: TestPerson | undefined, variables: object = {}): Promise<Messages> {
  const messages = await market.graph.subscribe('marketplace', CHANGED, variables, person);
  open.push(messages);
  return messages;
}

async function next(messages: Messages): Promise<Message> {
  const { value } = await messages.next();
  return value.data?.['bookingChanged'] as Message;
}

/** A subscription that has begun. */
async function begin(person: TestPerson, variables: object = {}) {
  const messages = await watch(person, variables);
  return { messages, first: await next(messages) };
}

const cancel = (bookingId: string, person: TestPerson) => market.mutate('cancelBooking', { bookingId }, person);
const refusal = (code: string) => expect.objectContaining({ extensions: expect.objectContaining({ code }) });

describe('bookingChanged', () => {
  it('tells both sides of their own bookings and nobody of others', async () => {
    const id = await plant(market, student, tutor);
    const others = await plant(market, await market.student(), await market.tutor());
    const both = [await begin(student), await begin(tutor)];
    for (const { first } of both) expect(first).toEqual({ cursor: expect.any(String), booking: null });
    await cancel(others, await market.graph.person('ADMIN'));
    await cancel(id, tutor);
    for (const { messages } of both) {
      expect(await next(messages)).toMatchObject({
        booking: { id, status: 'CANCELLED', student: { id: student.userId }, cancellation: { by: 'TUTOR' } },
      });
    }
  });

  it('tells somebody who learns and teaches of both', async () => {
    const learner = await market.tutor();
    const learnt = await plant(market, learner, tutor);
    const taught = await plant(market, student, learner, { inHours: 60 });
    const { messages } = await begin(learner);
    await cancel(learnt, tutor);
    await cancel(taught, student);
    expect(await next(messages)).toMatchObject({ booking: { id: learnt } });
    expect(await next(messages)).toMatchObject({ booking: { id: taught } });
  });

  it('tells what time does', async () => {
    const id = await plant(market, student, tutor, { inHours: -0.1 });
    const { messages } = await begin(student);
    await work(market, 'sweep-bookings');
    expect(await next(messages)).toMatchObject({ booking: { id, status: 'IN_PROGRESS' } });
  });

  it('tells of one booking only, staff of any', async () => {
    const [id, other] = [await plant(market, student, tutor), await plant(market, student, tutor, { inHours: 60 })];
    const curator = await market.graph.person('CURATOR');
    const both = [await begin(student, { bookingId: id }), await begin(curator, { bookingId: id })];
    await cancel(other, tutor);
    await cancel(id, tutor);
    for (const { messages } of both) expect(await next(messages)).toMatchObject({ booking: { id } });
  });

  it('goes on behind a cursor without a gap or a repeat', async () => {
    const ids = [await plant(market, student, tutor), await plant(market, student, tutor, { inHours: 60 })] as const;
    const { messages, first } = await begin(student);
    await cancel(ids[0], tutor);
    const seen = await next(messages);
    await messages.return?.();
    await cancel(ids[1], tutor);
    const behind = await begin(student, { after: seen.cursor });
    expect(behind.first).toEqual({ cursor: seen.cursor, booking: null });
    expect(await next(behind.messages)).toMatchObject({ booking: { id: ids[1] } });
    const whole = await begin(student, { after: first.cursor });
    expect(await next(whole.messages)).toMatchObject({ booking: { id: ids[0] } });
    expect(await next(whole.messages)).toMatchObject({ booking: { id: ids[1] } });
  });

  it('of one booking is for its two people and staff', async () => {
    const bookingId = await plant(market, student, tutor);
    for (const person of [await market.student(), await market.tutor(), await market.graph.person('HR')]) {
      await expect(watch(person, { bookingId })).rejects.toEqual(refusal('FORBIDDEN'));
    }
    await expect(watch(student, { bookingId: NOBODY })).rejects.toEqual(refusal('FORBIDDEN'));
    await expect(watch(undefined)).rejects.toEqual(refusal('UNAUTHENTICATED'));
  });

  it('is decided again at each event', async () => {
    const id = await plant(market, student, tutor);
    const one = await begin(student, { bookingId: id });
    // Nothing hands a booking on; were it so, whoever had it must not hear more.
    const statement = 'update marketplace.bookings set student_id = ? where id = ?';
    await market.sql(statement, [(await market.student()).userId, id]);
    await cancel(id, tutor);
    await expect(one.messages.next()).rejects.toEqual(refusal('FORBIDDEN'));
  });
});
