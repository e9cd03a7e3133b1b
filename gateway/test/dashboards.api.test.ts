import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeMarketScene } from './authorization/entities/market-scene.js';
import { World } from './authorization/world.js';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world.close());

it('one dashboard is made of the parts of every room', async () => {
  const { people, viewers } = await makeMarketScene(world);
  const query = `{ myDashboard { id user { id } missingProfileParts openOrders applicationsToDecide pendingApplications bookingsToSchedule } }`;
  const { data, errors } = await world.ask({ query, variables: {} }, viewers['student']);
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    myDashboard: {
      id: people.student,
      user: { id: people.student },
      missingProfileParts: ['PHONE', 'AVATAR'],
      openOrders: 1,
      applicationsToDecide: 1,
      pendingApplications: null,
      bookingsToSchedule: 0,
    },
  });
});

it('figures of the platform are made of the parts of every room, for the same span', async () => {
  await makeMarketScene(world);
  const { authorization } = await world.graph.person('ADMIN');
  const query = `query ($from: DateTime!, $to: DateTime!) {
    platformMetrics(from: $from, to: $to) { from to totalUsers newOrders successfulMatches newReviews averageRating }
  }`;
  const ask = (from: string, to: string) => world.ask({ query, variables: { from, to } }, authorization);
  const present = await ask('2020-01-01T00:00:00Z', '2029-01-01T00:00:00Z');
  expect(present.errors).toBeUndefined();
  expect(present.data).toMatchObject({
    platformMetrics: { from: '2020-01-01T00:00:00.000Z', to: '2029-01-01T00:00:00.000Z', averageRating: 5 },
  });
  const figures = present.data?.['platformMetrics'] as Record<string, number>;
  expect(figures['newOrders']).toBe(2 * (figures['successfulMatches'] ?? 0));
  expect(figures['newReviews']).toBe(figures['successfulMatches']);
  const past = await ask('2001-01-01T00:00:00Z', '2001-02-01T00:00:00Z');
  expect(past.data).toMatchObject({
    platformMetrics: { newOrders: 0, successfulMatches: 0, newReviews: 0, averageRating: null },
  });
});
