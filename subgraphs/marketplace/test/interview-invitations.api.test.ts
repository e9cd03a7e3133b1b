import { transaction } from '@tutorgraph/kit/database/transaction';
import type { ServedSubgraph } from '@tutorgraph/kit/graphql/serve';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { marketplacePrivacy } from '../src/privacy/marketplace-privacy.js';
import { type AskedInterview, askedInterview, giveTime } from './interviews.js';
import { Market } from './market.js';

let market: Market;
let served: ServedSubgraph;
let hr: TestPerson;

beforeAll(async () => {
  market = await Market.open();
  served = await market.graph.serve('marketplace');
  hr = await market.graph.person('HR');
});
afterAll(async () => {
  await served.close();
  await market.close();
});

let hours = 24;

/** An interview with a time that nobody else of this file has. */
async function scheduled(): Promise<AskedInterview & { startsAt: Date }> {
  const asked = await askedInterview(market);
  hours += 3;
  return { ...asked, startsAt: await giveTime(market, hr, asked.interviewId, hours) };
}

async function invitationFor(person: TestPerson, id: string): Promise<string | null | undefined> {
  const { data } = await market.run('query ($id: ID!) { interview(id: $id) { invitation } }', { id }, person);
  return (data['interview'] as { invitation: string | null } | null)?.invitation;
}

async function addressFor(person: TestPerson, id: string): Promise<URL> {
  return new URL((await invitationFor(person, id)) ?? expect.fail('There is no invitation'));
}

/** What a calendar gets that opens an address. */
function open(address: URL): Promise<Response> {
  return fetch(new URL(address.pathname + address.search, served.url));
}

/** What an invitation says, as a calendar reads it. */
async function read(address: URL) {
  const response = await open(address);
  expect(response.status).toBe(200);
  const component = new ICAL.Component(ICAL.parse(await response.text()));
  const event = new ICAL.Event(component.getFirstSubcomponent('vevent') ?? expect.fail('There is no event'));
  const textOf = (name: string) => event.component.getFirstPropertyValue(name)?.toString();
  return { response, event, textOf, method: component.getFirstPropertyValue('method') };
}

describe('the invitation of an interview', () => {
  it('is a request with its time, for both who talk', async () => {
    const { interviewId, tutor, startsAt } = await scheduled();
    for (const person of [tutor, hr]) {
      const { response, event, textOf, method } = await read(await addressFor(person, interviewId));
      expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=REQUEST');
      expect(response.headers.get('cache-control')).toBe('private, no-store');
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="interview.ics"');
      expect([method, event.uid, event.sequence]).toEqual(['REQUEST', `${interviewId}@tutorgraph`, 0]);
      expect(event.startDate.toJSDate()).toEqual(startsAt);
      expect(event.endDate.toJSDate()).toEqual(new Date(startsAt.getTime() + 30 * 60_000));
      expect(textOf('status')).toBe('CONFIRMED');
      // A request names who asks and who is asked (RFC 5546, 3.2.2), here without anybody's own address.
      expect(textOf('organizer')).toMatch(/^mailto:no-reply@/i);
      expect(textOf('attendee')).toMatch(/^mailto:tutor@/i);
    }
  });

  it('speaks the language of whoever asks for its address', async () => {
    const { interviewId, tutor } = await scheduled();
    const russian = await market.graph.issuer.signIn('TUTOR', { userId: tutor.userId, locale: 'ru' });
    expect((await read(await addressFor(tutor, interviewId))).event.summary).toMatch(/^Interview with Tanya T\.: /);
    const inRussian = await read(await addressFor(russian, interviewId));
    expect(inRussian.event.summary).toMatch(/^Собеседование, Tanya T\.: .* по-русски$/);
  });

  it('names the video room once it is there', async () => {
    const { interviewId, tutor } = await scheduled();
    const address = await addressFor(tutor, interviewId);
    const link = await vi.waitUntil(async () => (await read(address)).textOf('url'), { timeout: 10_000 });
    const { data } = await market.run(
      'query ($id: ID!) { interview(id: $id) { meeting { url } } }',
      { id: interviewId },
      tutor,
    );
    expect(data).toEqual({ interview: { meeting: { url: link } } });
    expect((await read(address)).textOf('location')).toBe(link);
  });

  it('is a newer version of the same event when the interview moves, at the same address', async () => {
    const { interviewId, tutor } = await scheduled();
    const address = await addressFor(tutor, interviewId);
    const before = await read(address);
    hours += 3;
    const startsAt = await giveTime(market, hr, interviewId, hours);
    const after = await read(address);
    expect([after.method, after.event.uid, after.event.sequence]).toEqual(['REQUEST', before.event.uid, 1]);
    expect(after.event.startDate.toJSDate()).toEqual(startsAt);
  });

  it('takes the event back when the interview is cancelled', async () => {
    const { interviewId, tutor } = await scheduled();
    const address = await addressFor(tutor, interviewId);
    await market.made('cancelInterview', { interviewId, reason: 'I am ill.' }, tutor, 'interview');
    const { response, event, textOf, method } = await read(address);
    expect(response.headers.get('content-type')).toContain('method=CANCEL');
    expect([method, event.uid, event.sequence]).toEqual(['CANCEL', `${interviewId}@tutorgraph`, 1]);
    expect([textOf('status'), textOf('url')]).toEqual(['CANCELLED', undefined]);
    expect(event.component.toString()).not.toContain('ill');
    expect(await invitationFor(tutor, interviewId)).toBe(address.href);
  });
});

describe('the address of an invitation', () => {
  it('is nobody’s but theirs who talk, and none before there is a time', async () => {
    const { interviewId, tutor } = await scheduled();
    expect((await addressFor(tutor, interviewId)).href).not.toBe((await addressFor(hr, interviewId)).href);
    expect(await invitationFor(await market.graph.person('HR'), interviewId)).toBeNull();
    expect(await invitationFor(await market.graph.person('ADMIN'), interviewId)).toBeNull();
    for (const person of [await market.tutor(), await market.student(), await market.graph.person('CURATOR')]) {
      expect(await invitationFor(person, interviewId)).toBeUndefined();
    }
    const asked = await askedInterview(market);
    expect(await invitationFor(asked.tutor, asked.interviewId)).toBeNull();
    await market.made('cancelInterview', { interviewId: asked.interviewId }, asked.tutor, 'interview');
    expect(await invitationFor(asked.tutor, asked.interviewId)).toBeNull();
  });

  it('cannot be guessed, nor made from that of another interview', async () => {
    const [one, other] = [await scheduled(), await scheduled()];
    const [address, foreign] = [await addressFor(hr, one.interviewId), await addressFor(hr, other.interviewId)];
    const idOf = ({ interviewId }: AskedInterview) => interviewId.replaceAll('-', '');
    const forged = [
      address.pathname.replace(/.\.ics$/, (end) => (end === 'A.ics' ? 'B.ics' : 'A.ics')),
      foreign.pathname.replace(idOf(other), idOf(one)),
      address.pathname.replace(/-.*/, '.ics'),
      '/calendars/interviews/x.ics',
      '/calendars/interviews/.ics',
      address.pathname.replace('.ics', '%00.ics'),
    ];
    for (const path of forged) expect((await open(new URL(path, address))).status, path).toBe(404);
    expect((await open(address)).status).toBe(200);
  });

  it('finds nothing for an interviewer whose interview somebody else holds now', async () => {
    const { interviewId, tutor } = await scheduled();
    const [former, tutors] = [await addressFor(hr, interviewId), await addressFor(tutor, interviewId)];
    const colleague = await market.graph.person('HR');
    const change = { interviewId, expectedVersion: 2, interviewerId: colleague.userId };
    await market.made('updateInterview', change, hr, 'interview');
    expect((await open(former)).status).toBe(404);
    expect((await read(await addressFor(colleague, interviewId))).event.sequence).toBe(1);
    expect((await open(tutors)).status).toBe(200);
  });

  it('dies with the tutor’s account', async () => {
    const { interviewId, tutor } = await scheduled();
    const addresses = [await addressFor(tutor, interviewId), await addressFor(hr, interviewId)];
    const room = market.graph.rooms.get('marketplace') ?? expect.fail('The marketplace does not run');
    await transaction(room.orm.em, (tx) => marketplacePrivacy.erase(tx, tutor.userId));
    for (const address of addresses) expect((await open(address)).status).toBe(404);
  });
});
