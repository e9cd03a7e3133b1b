import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RemoteTransport } from '../../src/transports/remote-transport.js';
import { type Mood, startMoodyReplica } from '../world/moody-replica.js';
import { createWorld, ordersSubgraph } from '../world/subgraphs.js';

const MUTATION = { query: 'mutation { renameOrder(id: "1", title: "Once") { order { id } } }' };
const QUERY = { query: '{ orders { id } }' };

const mood = fc.constantFrom<Mood>(
  'well',
  'well',
  'closing',
  'silent',
  'resetting',
  'dying',
  'breaking-off',
  'unavailable',
  'babbling',
);
/** What each replica does with the requests that come to it, in turn; no moods are a replica that does not listen. */
const replicas = fc.array(fc.array(mood, { maxLength: 12 }), { minLength: 1, maxLength: 3 });
/** Groups of fetches that are sent at the same time; true is a mutation. */
const fetches = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

it('sends no mutation twice, whatever the replicas do, and a query no more than three times', async () => {
  await fc.assert(
    fc.asyncProperty(replicas, fetches, async (moods, groups) => {
      const subgraph = ordersSubgraph(createWorld());
      const started = await Promise.all(
        moods.map((own) => {
          let next = 0;
          return startMoodyReplica(subgraph, () => own[next++ % own.length] ?? 'well');
        }),
      );
      await Promise.all(started.filter((_, index) => moods[index]?.length === 0).map((replica) => replica.close()));
      const urls = started.map(({ url }) => url);
      const transport = new RemoteTransport('orders', urls, {
        answerTimeoutMs: 40,
        breaker: { minimumRps: 1_000_000 },
      });
      const mutations: string[] = [];
      for (const [index, group] of groups.entries()) {
        const sent = group.map((isMutation, place) => {
          const requestId = `${index}-${place}`;
          if (isMutation) mutations.push(requestId);
          const terms = { isMutation, deadline: Number.POSITIVE_INFINITY };
          return transport.execute(isMutation ? MUTATION : QUERY, { requestId }, terms);
        });
        await Promise.allSettled(sent);
      }
      const arrivals = new Map<string, number>();
      for (const id of started.flatMap((one) => one.arrivals)) arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
      await transport.close();
      await Promise.all(started.filter((_, index) => moods[index]?.length !== 0).map((replica) => replica.close()));
      expect(mutations.map((id) => arrivals.get(id) ?? 0).filter((count) => count > 1)).toEqual([]);
      expect(Math.max(0, ...arrivals.values())).toBeLessThanOrEqual(3);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 20_000 },
  );
});
