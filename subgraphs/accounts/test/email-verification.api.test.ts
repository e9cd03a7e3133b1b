import { withStatements } from '@tutorgraph/kit/database/statement-count';
import { isRealPostgres } from '@tutorgraph/kit/testing/database';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { VerificationCode } from '../src/codes/verification-code.entity.js';
import { User } from '../src/users/user.entity.js';
import { addAccount, database, runAs } from './account-fixtures.js';
import {
  type Answer,
  ask,
  codeIn,
  codesOf,
  codeTo,
  elsewhere,
  jobsDone,
  messagesTo,
  notThe,
  REQUEST_EMAIL,
  VERIFY_EMAIL,
} from './codes-client.js';

let graph: TestGraph;
let count = 0;

beforeAll(async () => {
  graph = await startTestGraph(['accounts', 'messaging']);
});

afterAll(() => graph.close());

function newAddress(): string {
  return `address${++count}-${process.pid}@test.tutorgraph.example`;
}

function addressOf(person: TestPerson): string {
  return `${person.userId}@test.tutorgraph.example`;
}

function request(person: TestPerson, email?: string | null): Promise<Answer> {
  return ask(graph, REQUEST_EMAIL, email === undefined ? {} : { email }, person);
}

function verify(person: TestPerson, code: string): Promise<Answer> {
  return ask(graph, VERIFY_EMAIL, { code }, person);
}

function storedCode(person: TestPerson): Promise<VerificationCode | null> {
  return database(graph).findOne(VerificationCode, { userId: person.userId, purpose: 'EMAIL' });
}

describe('proving the own address', () => {
  it('takes the code that was mailed there, once', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    const email = addressOf(person);
    expect(await request(person)).toEqual({ accepted: true, userErrors: [] });
    const code = await codeTo(graph, email);
    expect(await verify(person, ` ${code.slice(0, 2)} ${code.slice(2)}`)).toMatchObject({
      user: { id: person.userId, email, emailVerified: true },
      userErrors: [],
    });
    expect(await verify(person, code)).toMatchObject({ user: null, userErrors: [{ code: 'CODE_SPENT' }] });
    const audit = await database(graph).find(AuditEntry, { subjectId: person.userId });
    expect(audit).toMatchObject([{ action: 'EMAIL_VERIFIED', actorId: person.userId }]);
  });

  it('is refused once it is proven, and to nobody', async () => {
    const person = await graph.person('STUDENT');
    for (const email of [undefined, addressOf(person).toUpperCase()]) {
      expect(codesOf(await request(person, email))).toEqual(['EMAIL_ALREADY_VERIFIED']);
    }
    expect((await runAs(graph, elsewhere(), REQUEST_EMAIL)).codes).toEqual(['UNAUTHENTICATED']);
    expect((await runAs(graph, elsewhere(), VERIFY_EMAIL, { input: { code: '1234' } })).codes).toEqual([
      'UNAUTHENTICATED',
    ]);
  });

  it('is possible without any input', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    const { data } = await runAs(graph, { ...elsewhere(), ...person }, REQUEST_EMAIL);
    expect(data).toEqual({ requestEmailVerification: { accepted: true, userErrors: [] } });
  });

  it.each(['not an address', 'zero\0@test.example'])('is refused for %j', async (email) => {
    expect(await request(await graph.person('STUDENT'), email)).toMatchObject({
      accepted: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'email'] }],
    });
  });
});

describe('a code', () => {
  it('is tried five times and never again, the right one included', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    await request(person);
    const code = await codeTo(graph, addressOf(person));
    for (let index = 0; index < 5; index++) {
      expect(await verify(person, notThe(code))).toMatchObject({
        user: null,
        userErrors: [{ code: 'INVALID_CODE', field: ['input', 'code'], message: expect.stringContaining('not right') }],
      });
    }
    expect(await verify(person, code)).toMatchObject({
      userErrors: [{ code: 'CODE_SPENT', message: expect.stringContaining('Ask for a new one') }],
    });
    await request(person);
    expect(codesOf(await verify(person, await codeTo(graph, addressOf(person), 2)))).toEqual([]);
  });

  it.each(['', '123', '12345', 'abcd', '１２３４', '12\x034'])(
    'loses no try to %j, which can be none',
    async (typed) => {
      const person = await graph.person('STUDENT', { verified: false });
      await request(person);
      expect(codesOf(await verify(person, typed))).toEqual(['INVALID_CODE']);
      expect(await storedCode(person)).toMatchObject({ attempts: 0 });
    },
  );

  it('is worth nothing when it has expired, or none was asked for', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    expect(codesOf(await verify(person, '0000'))).toEqual(['CODE_SPENT']);
    await request(person);
    const code = await codeTo(graph, addressOf(person));
    const stored = await storedCode(person);
    expect((stored?.expiresAt.getTime() ?? 0) - (stored?.createdAt.getTime() ?? 0)).toBe(600_000);
    await database(graph).nativeUpdate(VerificationCode, { userId: person.userId }, { expiresAt: new Date() });
    expect(codesOf(await verify(person, code))).toEqual(['CODE_SPENT']);
  });

  it("is worth nothing to somebody else, and does not count as a try of theirs at another's", async () => {
    const [person, other] = [
      await graph.person('STUDENT', { verified: false }),
      await graph.person('STUDENT', { verified: false }),
    ];
    await request(person);
    const code = await codeTo(graph, addressOf(person));
    expect(codesOf(await verify(other, code))).toEqual(['CODE_SPENT']);
    expect(await storedCode(person)).toMatchObject({ attempts: 0 });
  });

  it('is replaced by a newer one, also when both are asked for at once', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    await Promise.all([request(person), request(person), request(person)]);
    expect(await database(graph).count(VerificationCode, { userId: person.userId })).toBe(1);
    await jobsDone(graph);
    const stored = await storedCode(person);
    const mails = await messagesTo(graph, addressOf(person), 1);
    const outcomes: string[][] = [];
    for (const { text } of mails) outcomes.push(codesOf(await verify(person, codeIn(text))));
    expect(outcomes.filter((refused) => refused.length === 0)).toHaveLength(1);
    expect(stored?.codeHash).toMatch(/^[\w-]{43}$/);
  });
});

describe('another address', () => {
  it('takes the place of the one before when its code is entered; the one before is told', async () => {
    const person = await graph.person('STUDENT', { locale: 'ru' });
    const [before, after] = [addressOf(person), newAddress()];
    await request(person, ` ${after.toUpperCase()} `);
    const code = await codeTo(graph, after);
    expect((await database(graph).findOneOrFail(User, { id: person.userId })).email).toBe(before);
    expect(await verify(person, code)).toMatchObject({ user: { email: after, emailVerified: true } });
    const [mail] = await messagesTo(graph, before, 1);
    expect(mail?.subject).toBe('У вашей учётной записи на Tutorgraph другой адрес');
    expect(mail?.text).not.toContain(after);
    await jobsDone(graph);
    expect(await messagesTo(graph, after, 1)).toHaveLength(1);
  });

  it('mends an address that was mistyped at registration', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    const right = newAddress();
    await request(person, right);
    await verify(person, await codeTo(graph, right));
    await jobsDone(graph);
    expect(await database(graph).findOneOrFail(User, { id: person.userId })).toMatchObject({ email: right });
    // Nobody proved the first: it may be anybody's, and is told nothing.
    expect(await messagesTo(graph, addressOf(person), 0)).toEqual([]);
  });

  it('may be the first, of somebody who signs in with Telegram', async () => {
    const telegramId = String(7_000_000 + process.pid);
    const { id } = await addAccount(graph, { email: null, telegramId, passwordHash: null });
    const person = { ...(await graph.issuer.signIn('STUDENT', { userId: id })), role: 'STUDENT' as const };
    expect(await request(person)).toMatchObject({
      accepted: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'email'] }],
    });
    const email = newAddress();
    await request(person, email);
    expect(await verify(person, await codeTo(graph, email))).toMatchObject({ user: { email, emailVerified: true } });
  });
});

describe('an address that somebody else has', () => {
  it('is answered for alike at every step, and its owner is told', async () => {
    const owner = await addAccount(graph);
    const free = newAddress();
    const transcripts: unknown[] = [];
    for (const email of [owner.email, free]) {
      const person = await graph.person('STUDENT');
      const { result, statements } = await withStatements(() => request(person, email));
      const tries: string[][] = [];
      const wrong = email === free ? notThe(await codeTo(graph, free)) : '0000';
      for (let index = 0; index < 6; index++) tries.push(codesOf(await verify(person, wrong)));
      transcripts.push({ result, statements: statements.length, tries });
    }
    expect(transcripts[0]).toEqual(transcripts[1]);
    expect(transcripts[0]).toMatchObject({ result: { accepted: true, userErrors: [] } });
    const mails = await messagesTo(graph, owner.email, 1);
    expect(mails).toMatchObject([{ subject: 'You have an account at Tutorgraph already' }]);
  });

  it('ends the code before, as another address would', async () => {
    const owner = await addAccount(graph);
    const person = await graph.person('STUDENT', { verified: false });
    await request(person);
    const code = await codeTo(graph, addressOf(person));
    await request(person, owner.email);
    expect(codesOf(await verify(person, code))).toEqual(['INVALID_CODE']);
  });

  it('is refused even with the right code when it was proven by another in between', async () => {
    const email = newAddress();
    const [first, second] = [await graph.person('STUDENT'), await graph.person('STUDENT')];
    await request(first, email);
    const firstCode = await codeTo(graph, email);
    await request(second, email);
    const secondCode = await codeTo(graph, email, 2);
    expect(codesOf(await verify(second, secondCode))).toEqual([]);
    expect(codesOf(await verify(first, firstCode))).toEqual(['EMAIL_TAKEN']);
    expect(await database(graph).findOneOrFail(User, { id: first.userId })).toMatchObject({ email: addressOf(first) });
  });
});

describe('limits', () => {
  it('of an address hold for everybody who asks for it', async () => {
    const email = newAddress();
    for (let index = 0; index < 5; index++) await request(await graph.person('STUDENT'), email);
    const person = await graph.person('STUDENT');
    const refused = await runAs(graph, { ...elsewhere(), ...person }, REQUEST_EMAIL, { input: { email } });
    expect(refused.codes).toEqual(['RATE_LIMITED']);
    expect(refused.errors?.[0]?.extensions['retryAfter']).toBeGreaterThan(0);
    expect(codesOf(await request(person, newAddress()))).toEqual([]);
  });

  it('of a network hold for everybody in it who tries codes', async () => {
    const here = elsewhere();
    const codes: string[] = [];
    for (let index = 0; index < 22; index++) {
      const person = await graph.person('STUDENT', { verified: false });
      codes.push(...(await runAs(graph, { ...here, ...person }, VERIFY_EMAIL, { input: { code: '0000' } })).codes);
    }
    expect(codes).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  });
});

describe.runIf(isRealPostgres())('many at once', () => {
  it('who enter the right code are let in once', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    await request(person);
    const code = await codeTo(graph, addressOf(person));
    const answers = await Promise.all([1, 2, 3, 4].map(() => verify(person, code)));
    expect(answers.flatMap(codesOf)).toEqual(['CODE_SPENT', 'CODE_SPENT', 'CODE_SPENT']);
    expect(answers.filter(({ user }) => user?.emailVerified)).toHaveLength(1);
    expect(await database(graph).count(AuditEntry, { subjectId: person.userId })).toBe(1);
  });

  it('who guess from everywhere are looked at five times, and the right code comes too late', async () => {
    const person = await graph.person('STUDENT', { verified: false });
    await request(person);
    const code = await codeTo(graph, addressOf(person));
    const guesses = Array.from({ length: 200 }, (_, index) => {
      const guess = String((Number(code) + 1 + index) % 10_000).padStart(4, '0');
      return index === 190 ? code : guess;
    });
    const answers = await Promise.all(guesses.map((guess) => verify(person, guess)));
    const codes = answers.flatMap(codesOf);
    expect(codes.filter((each) => each === 'INVALID_CODE')).toHaveLength(5);
    expect(codes.filter((each) => each === 'CODE_SPENT')).toHaveLength(195);
    expect(await storedCode(person)).toMatchObject({ attempts: 5, usedAt: null });
    expect((await database(graph).findOneOrFail(User, { id: person.userId })).emailVerifiedAt).toBeNull();
  });

  it('who prove one address for several accounts make it the address of one', async () => {
    const email = newAddress();
    const people = [await graph.person('STUDENT'), await graph.person('STUDENT'), await graph.person('STUDENT')];
    const codes: string[] = [];
    for (const [index, person] of people.entries()) {
      await request(person, email);
      codes.push(await codeTo(graph, email, index + 1));
    }
    const answers = await Promise.all(people.map((person, index) => verify(person, codes[index] ?? '')));
    expect(answers.flatMap(codesOf)).toEqual(['EMAIL_TAKEN', 'EMAIL_TAKEN']);
    expect(await database(graph).count(User, { email })).toBe(1);
  });
});
