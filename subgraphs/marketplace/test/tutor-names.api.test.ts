import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tutorChanged } from '../src/events.js';
import { Market } from './market.js';

let market: Market;
const RENAME = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { displayName } } }';
const NAME = 'query ($id: ID!) { tutor(id: $id) { displayName } }';

beforeAll(async () => {
  market = await Market.open();
});

afterAll(() => market.close());

describe('the name on a tutor profile', () => {
  it('follows the account’s, and others are told', async () => {
    const tutor = await market.tutor();
    const told = new Promise<string>((resolve) => {
      const end = market.graph.bus.listen('marketplace', ({ event }) => {
        if (event.type !== tutorChanged.type) return;
        end();
        resolve(event.subject);
      });
    });
    await market.graph.run('accounts', RENAME, { input: { firstName: 'Natasha', lastName: 'Rostova' } }, tutor);
    expect(await told).toBe(tutor.tutorId);
    expect((await market.run(NAME, { id: tutor.tutorId })).data).toEqual({ tutor: { displayName: 'Natasha R.' } });
  });
});
