import { transaction } from '@tutorgraph/kit/database/transaction';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { askedInterview, giveTime } from './interviews.js';
import { Market, type TestTutor } from './market.js';

let market: Market;
let served: ServedSubgraph;
let student: TestPerson;
let tutor: TestTutor;

beforeAll(async () => {
  market = await Market.open();
  served = await market.graph.serve('marketplace');
});

beforeEach(async () => {
  [student, tutor] = [await market.student(), await market.tutor()];
});

afterAll(async () => {
  await served.close();
  await market.close();
});

async function addressOf(person: TestPerson): Promise<URL> {
  const { data } = await market.run('{ myCalendarFeed { address } }', {}, person);
  return new URL((data['myCalendarFeed'] as { address: string }).address);
}

/** What a calendar gets that subscribed to an address. */
function read(address: URL, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(address.pathname + address.search, served.url), { headers });
}

async function eventsOf(person: TestPerson, lang?: string): Promise<ICAL.Event[]> {
  const address = await addressOf(person);
  if (lang) address.searchParams.set('lang', lang);
  const component = new ICAL.Component(ICAL.parse(await (await read(address)).text()));
  return component.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));
}

const textOf = (event: ICAL.Event | undefined, name: string) =>
  event?.component.getFirstPropertyValue(name)?.toString();

async function erase({ userId }: TestPerson): Promise<void> {
  const room = market.graph.rooms.get('marketplace') ?? expect.fail('The marketplace does not run');
  await transaction(room.orm.em, (tx) => marketplacePrivacy.erase(tx, userId));
}

/** A lesson of an hour that begins in so many hours. */
async function lesson(status: string, hours = 48): Promise<string> {
  const id = await market.booking(student, tutor);
  await market.sql(
    `update marketplace.bookings set status = ?, starts_at = date_trunc('hour', now()) + make_interval(hours => ?),
       ends_at = date_trunc('hour', now()) + make_interval(hours => ? + 1),
       expires_at = case when ? in ('HELD', 'PENDING_PAYMENT') then now() + interval '5 minutes' end,
       cancelled_at = case when ? = 'CANCELLED' then now() end, meeting_url = 'https://meet.example/room' where id = ?`,
    [status, hours, hours, status, status, id],
  );
  return id;
}

describe('the feed of a person', () => {
  it('has their lessons on both sides, each under a name that stays', async () => {
    const id = await lesson('CONFIRMED');
    for (const person of [student, tutor]) {
      const [event, ...others] = await eventsOf(person);
      expect(others).toEqual([]);
      expect(event?.uid).toBe(`${id}@tutorgraph`);
      expect(textOf(event, 'status')).toBe('CONFIRMED');
      expect(textOf(event, 'url')).toBe('https://meet.example/room');
      expect((event?.endDate.toUnixTime() ?? 0) - (event?.startDate.toUnixTime() ?? 0)).toBe(3_600);
    }
  });

  it('speaks the language of its address, and names nobody but the tutor, as everybody sees them', async () => {
    await lesson('CONFIRMED');
    expect((await eventsOf(student))[0]?.summary).toMatch(/^Lesson with Tanya T\.: /);
    expect((await eventsOf(student, 'ru'))[0]?.summary).toMatch(/^Занятие, Tanya T\.: .* по-русски$/);
    expect((await eventsOf(tutor))[0]?.summary).toMatch(/^Lesson: /);
  });

  it.each([
    ['PENDING_PAYMENT', 'TENTATIVE'],
    ['CONFIRMED', 'CONFIRMED'],
    ['IN_PROGRESS', 'CONFIRMED'],
    ['COMPLETED', 'CONFIRMED'],
    ['CANCELLED', 'CANCELLED'],
  ])('shows a booking that is %s as %s', async (status, shown) => {
    await lesson(status);
    expect(textOf((await eventsOf(student))[0], 'status')).toBe(shown);
  });

  it('has no holds, nothing without a time, and nothing that is over for a month', async () => {
    await lesson('HELD');
    await market.booking(student, tutor);
    await lesson('COMPLETED', -24 * 31);
    expect(await eventsOf(student)).toEqual([]);
  });

  it('counts the changes of a lesson, so that calendars take them over', async () => {
    const id = await lesson('CONFIRMED');
    expect((await eventsOf(student))[0]?.sequence).toBe(0);
    await market.sql('update marketplace.bookings set sequence = 2 where id = ?', [id]);
    expect((await eventsOf(student))[0]?.sequence).toBe(2);
  });

  it('is not sent again while it stays the same', async () => {
    await lesson('CONFIRMED');
    const address = await addressOf(student);
    const first = await read(address);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toContain('private');
    const etag = first.headers.get('etag') ?? '';
    expect((await read(address, { 'if-none-match': etag })).status).toBe(304);
    await lesson('CONFIRMED', 72);
    expect((await read(address, { 'if-none-match': etag })).status).toBe(200);
  });

  it('has lines as calendars want them', async () => {
    await lesson('CONFIRMED');
    const address = await addressOf(student);
    address.searchParams.set('lang', 'ru');
    const text = await (await read(address)).text();
    const lines = text.split('\r\n');
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toMatch(/DTSTART:\d{8}T\d{6}Z/);
  });
});

describe('interviews in the feed of a person', () => {
  let hours = 24;
  /** An interview with a member of staff of its own. */
  async function interview() {
    const [asked, staff] = [await askedInterview(market), await market.graph.person('HR')];
    hours += 3;
    return { ...asked, staff, startsAt: await giveTime(market, staff, asked.interviewId, hours) };
  }

  it('are those that have a time, for both who talk', async () => {
    const asked = await interview();
    const { interviewId, startsAt, staff } = asked;
    const offeringId = await market.offering(asked.tutor, await market.subject());
    await market.made('requestInterview', { offeringId }, asked.tutor, 'interview');
    for (const person of [asked.tutor, staff]) {
      const [event, ...others] = await eventsOf(person);
      expect(others).toEqual([]);
      expect([event?.uid, event?.sequence]).toEqual([`${interviewId}@tutorgraph`, 0]);
      expect(textOf(event, 'status')).toBe('CONFIRMED');
      expect(event?.startDate.toJSDate()).toEqual(startsAt);
      expect((event?.endDate.toUnixTime() ?? 0) - (event?.startDate.toUnixTime() ?? 0)).toBe(30 * 60);
    }
    for (const person of [tutor, student, await market.graph.person('HR')]) expect(await eventsOf(person)).toEqual([]);
  });

  it('stand beside lessons, and say whom and what about, in the language of the address', async () => {
    const { tutor: teacher } = await interview();
    tutor = teacher;
    await lesson('CONFIRMED', 300);
    const summaries = (await eventsOf(teacher)).map(({ summary }) => summary);
    expect(summaries).toEqual([
      expect.stringMatching(/^Lesson: /),
      expect.stringMatching(/^Interview with Tanya T\.: /),
    ]);
    const russian = (await eventsOf(teacher, 'ru')).map(({ summary }) => summary);
    expect(russian).toContainEqual(expect.stringMatching(/^Собеседование, Tanya T\.: .* по-русски$/));
  });

  it('lead to their video room once it is there', async () => {
    const { tutor: teacher } = await interview();
    const url = await vi.waitUntil(async () => textOf((await eventsOf(teacher))[0], 'url'), { timeout: 10_000 });
    const [event] = await eventsOf(teacher);
    expect(event?.location).toBe(url);
    expect(url).toMatch(/^https:/);
  });

  it('move, and are cancelled, as the same event; those that never had a time are not there', async () => {
    const { tutor: teacher, interviewId, staff } = await interview();
    hours += 3;
    const startsAt = await giveTime(market, staff, interviewId, hours);
    const [moved] = await eventsOf(teacher);
    expect([moved?.sequence, moved?.startDate.toJSDate()]).toEqual([1, startsAt]);
    await market.made('cancelInterview', { interviewId }, staff, 'interview');
    for (const person of [teacher, staff]) {
      const [cancelled, ...others] = await eventsOf(person);
      expect([cancelled?.uid, cancelled?.sequence]).toEqual([`${interviewId}@tutorgraph`, 2]);
      expect([textOf(cancelled, 'status'), others]).toEqual(['CANCELLED', []]);
    }
    const asked = await askedInterview(market);
    await market.made('cancelInterview', { interviewId: asked.interviewId }, asked.tutor, 'interview');
    expect(await eventsOf(asked.tutor)).toEqual([]);
  });

  it('belong to whoever holds them now, and end with the tutor’s account', async () => {
    const { tutor: teacher, interviewId, staff } = await interview();
    const colleague = await market.graph.person('HR');
    const change = { interviewId, expectedVersion: 2, interviewerId: colleague.userId };
    await market.made('updateInterview', change, staff, 'interview');
    expect(await eventsOf(staff)).toEqual([]);
    expect(await eventsOf(colleague)).toHaveLength(1);
    await erase(teacher);
    expect(await eventsOf(colleague)).toEqual([]);
  });
});

describe('the address of a feed', () => {
  it('is somebody’s own and stays until they want another, which kills it', async () => {
    const [own, others] = [await addressOf(student), await addressOf(tutor)];
    expect(own.href).not.toBe(others.href);
    expect((await addressOf(student)).href).toBe(own.href);
    const { data } = await market.run('mutation { resetCalendarFeed { feed { address } } }', {}, student);
    const { address } = (data['resetCalendarFeed'] as { feed: { address: string } }).feed;
    expect(address).not.toBe(own.href);
    expect((await read(own)).status).toBe(404);
    expect((await read(new URL(address))).status).toBe(200);
    expect((await read(others)).status).toBe(200);
  });

  it('dies with the account', async () => {
    const address = await addressOf(student);
    await erase(student);
    expect((await read(address)).status).toBe(404);
  });

  it('cannot be guessed', async () => {
    const address = await addressOf(student);
    const forged = new URL(address);
    forged.pathname = forged.pathname.replace(/.\.ics$/, (end) => (end === 'A.ics' ? 'B.ics' : 'A.ics'));
    for (const path of [forged, new URL('/calendars/x.ics', address), new URL('/calendars/.ics', address)]) {
      expect((await read(path)).status).toBe(404);
    }
  });

  it('is for people who are signed in', async () => {
    expect((await market.run('{ myCalendarFeed { address } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});
