import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { database, runAs } from './account-fixtures.js';
import {
  type Answer,
  ask,
  codesOf,
  codeTo,
  elsewhere,
  messagesTo,
  notThe,
  REMOVE_PHONE,
  REQUEST_PHONE,
  VERIFY_PHONE,
} from './codes-client.js';

let graph: TestGraph;
let count = 0;
const ME = '{ me { phone } }';

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});

afterAll(() => graph.close());

function newNumber(): string {
  return `+7916${String(1_000_000 + ++count)}`;
}

function request(person: TestPerson, phone: string): Promise<Answer> {
  return ask(graph, REQUEST_PHONE, { phone }, person);
}

function verify(person: TestPerson, code: string): Promise<Answer> {
  return ask(graph, VERIFY_PHONE, { code }, person);
}

describe('a phone number', () => {
  it("is somebody's when the code from the text message was entered", async () => {
    const person = await graph.person('STUDENT', { locale: 'ru' });
    const phone = newNumber();
    const written = `${phone.slice(0, 2)} (${phone.slice(2, 5)}) ${phone.slice(5)}`;
    expect(await request(person, written)).toEqual({ accepted: true, userErrors: [] });
    const [message] = await messagesTo(graph, phone, 1);
    expect(message).toMatchObject({ channel: 'SMS', text: expect.stringMatching(/^\d{4} — ваш код для Tutorgraph/) });
    expect((await runAs(graph, person, ME)).data).toEqual({ me: { phone: null } });
    const code = await codeTo(graph, phone);
    expect(await verify(person, code)).toMatchObject({ user: { phone }, userErrors: [] });
    expect(codesOf(await verify(person, code))).toEqual(['CODE_SPENT']);
    const audit = await database(graph).find(AuditEntry, { subjectId: person.userId });
    expect(audit).toMatchObject([{ action: 'PHONE_VERIFIED', actorId: person.userId, details: {} }]);
  });

  it('is tried five times a code', async () => {
    const person = await graph.person('STUDENT');
    const phone = newNumber();
    await request(person, phone);
    const code = await codeTo(graph, phone);
    for (let index = 0; index < 5; index++)
      expect(codesOf(await verify(person, notThe(code)))).toEqual(['INVALID_CODE']);
    expect(codesOf(await verify(person, code))).toEqual(['CODE_SPENT']);
  });

  it('can be removed, also twice, and replaced', async () => {
    const person = await graph.person('STUDENT');
    for (const phone of [newNumber(), newNumber()]) {
      await request(person, phone);
      expect(await verify(person, await codeTo(graph, phone))).toMatchObject({ user: { phone } });
    }
    for (let index = 0; index < 2; index++) {
      const { data } = await runAs(graph, { ...elsewhere(), ...person }, REMOVE_PHONE);
      expect(data).toMatchObject({ removePhone: { user: { phone: null }, userErrors: [] } });
    }
  });

  it.each(['89161234567', '+442079460000', '+19005550123', 'my phone', ''])('is not %j', async (phone) => {
    expect(await request(await graph.person('STUDENT'), phone)).toMatchObject({
      accepted: null,
      userErrors: [{ code: 'INVALID_PHONE', field: ['input', 'phone'], message: expect.stringContaining('+44') }],
    });
  });

  it('is seen by its owner and by staff who may read accounts only', async () => {
    const person = await graph.person('STUDENT');
    const phone = newNumber();
    await request(person, phone);
    await verify(person, await codeTo(graph, phone));
    const USER = 'query ($id: ID!) { user(id: $id) { phone emailVerified username } }';
    const asked = { id: person.userId };
    const strangers = await graph.run('accounts', USER, asked, await graph.person('TUTOR'));
    expect(strangers.data).toEqual({ user: { phone: null, emailVerified: null, username: null } });
    const staff = await graph.run('accounts', USER, asked, await graph.person('SUPERVISOR'));
    expect(staff.data).toEqual({ user: { phone, emailVerified: true, username: null } });
  });
});

describe('asking for a code by text message', () => {
  it('is limited by number, whoever asks, and by person', async () => {
    const phone = newNumber();
    for (let index = 0; index < 3; index++) await request(await graph.person('STUDENT'), phone);
    const person = await graph.person('STUDENT');
    await expect(request(person, phone)).rejects.toThrow('Too many attempts');
    for (let index = 0; index < 4; index++) await request(person, newNumber());
    await expect(request(person, newNumber())).rejects.toThrow('Too many attempts');
  });

  it('is refused until the address is proven, and to nobody', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    const input = { phone: newNumber() };
    expect((await runAs(graph, person, REQUEST_PHONE, { input })).codes).toEqual(['EMAIL_NOT_VERIFIED']);
    expect((await runAs(graph, elsewhere(), REQUEST_PHONE, { input })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await runAs(graph, elsewhere(), VERIFY_PHONE, { input: { code: '1234' } })).codes).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
});
