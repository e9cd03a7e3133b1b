import { demoId } from '@tutorgraph/kit/demo/demo-id';
import { describe, expect, test } from 'vitest';
import { email, registration } from '../users/user.rules.js';
import { generatePeopleDemo } from './people.js';

const options = { seed: 7, tutors: 300, students: 500, now: new Date('2026-11-21T09:00:00Z') };
const people = generatePeopleDemo(options);

describe('people of the demo', () => {
  test('are the same for the same seed and others for another', () => {
    expect(generatePeopleDemo(options)).toEqual(people);
    const others = generatePeopleDemo({ ...options, seed: 8 });
    expect(others.slice(7).map(({ id }) => id)).not.toEqual(people.slice(7).map(({ id }) => id));
    expect(others.slice(0, 7)).toEqual(people.slice(0, 7));
  });

  test('include one person of each role with an address that is easy to remember', () => {
    expect(people.slice(0, 7).map((person) => [person.role, person.email.split('@')[0]])).toEqual([
      ['SUPER_ADMIN', 'superadmin'],
      ['ADMIN', 'admin'],
      ['HR', 'hr'],
      ['SUPERVISOR', 'supervisor'],
      ['CURATOR', 'curator'],
      ['TUTOR', 'tutor'],
      ['STUDENT', 'student'],
    ]);
  });

  test('have ids that other rooms can compute', () => {
    expect(people.filter(({ role }) => role === 'TUTOR')[4]?.id).toBe(demoId(7, 'user:tutor', 3));
    expect(people.at(-1)?.id).toBe(demoId(7, 'user:student', 499));
  });

  test('could all have registered by themselves, each with an address of their own', () => {
    const { firstName, lastName, locale, timeZone } = registration.shape;
    for (const person of people) {
      expect(email.parse(person.email)).toBe(person.email);
      expect(firstName.parse(person.firstName)).toBe(person.firstName);
      expect(lastName.parse(person.lastName)).toBe(person.lastName);
      expect(locale.parse(person.locale)).toBe(person.locale);
      expect(timeZone.parse(person.timeZone)).toBe(person.timeZone);
    }
    expect(new Set(people.map((person) => person.email)).size).toBe(people.length);
  });

  test('joined within the last twelve months', () => {
    const yearAgo = options.now.getTime() - 366 * 86_400_000;
    const odd = people.filter(({ createdAt }) => createdAt.getTime() < yearAgo || createdAt >= options.now);
    expect(odd).toEqual([]);
  });
});
