import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { newJourney, openJourney, openTicket, sealJourney, sealTicket, verifierOf } from './google-consent.js';

const SECRET = 'a secret that only tests know, long enough';
const USER = '01900000-0000-7000-8000-000000000001';
const now = new Date('2026-11-21T12:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

it('a journey can be taken for ten minutes, by a state and a ticket that only we write', () => {
  const journey = newJourney(USER, now);
  const state = sealJourney(journey, SECRET);
  const ticket = sealTicket({ ...journey, code: '4/code' }, SECRET);
  expect(state).toMatch(/^[\w-]+$/);
  expect(openJourney(state, SECRET, later(9.9))).toEqual(journey);
  expect(openTicket(ticket, SECRET, later(9.9))).toEqual({ ...journey, code: '4/code' });
  expect([openJourney(state, SECRET, later(10)), openTicket(ticket, SECRET, later(10))]).toEqual([
    undefined,
    undefined,
  ]);
  for (const other of ['', 'x', state.slice(0, -2), `A${state.slice(1)}`, ticket]) {
    expect(openJourney(other, SECRET, now), other).toBeUndefined();
  }
  expect(openTicket(state, SECRET, now), 'a state is no ticket').toBeUndefined();
  expect(openJourney(state, `${SECRET}!`, now)).toBeUndefined();
});

it('each journey has a verifier of its own, of which Google is told a hash', () => {
  const [one, other] = [newJourney(USER, now), newJourney(USER, now)];
  const { verifier, challenge } = verifierOf(one, SECRET);
  expect(verifier).toMatch(/^[\w-]{43,128}$/);
  expect(challenge).toBe(createHash('sha256').update(verifier).digest('base64url'));
  expect(verifierOf(one, SECRET)).toEqual({ verifier, challenge });
  expect(verifierOf(other, SECRET).verifier).not.toBe(verifier);
});
