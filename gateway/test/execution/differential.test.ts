import { describe, expect, it } from 'vitest';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { byOracle, byOurs, expectSame } from './oracle.js';
import { type RandomGraph, randomGraph } from './random-graph.js';
import { randomQuery } from './random-query.js';

const GRAPHS = 20;
const QUERIES = 40;
const MUTATIONS = 10;

describe.each(Array.from({ length: GRAPHS }, (_, index) => index + 1))('graph %i', (seed) => {
  const graph = randomGraph(seed);
  const supergraph = new Supergraph(graph.sdl);

  it('is answered as by the gateway whose plans these are', async () => {
    for (let index = 0; index < QUERIES; index++) {
      const asked = randomQuery(supergraph.schema, seed * 1_000 + index);
      const [ours, oracle] = [
        await byOurs(graph.subgraphs, supergraph, asked),
        await byOracle(graph.subgraphs, supergraph, asked),
      ];
      const told = `seed ${seed}, query ${index}: ${asked.query} ${JSON.stringify(asked.variables)}`;
      expectSame(ours, oracle, told);
    }
  });

  it('changes what it is told to, one after the other, as that gateway does', async () => {
    for (let index = 0; index < MUTATIONS; index++) {
      const asked = randomQuery(supergraph.schema, seed * 1_000 + index, { operation: 'mutation' });
      const [own, stock] = [watched(graph.subgraphs), watched(graph.subgraphs)];
      const ours = await byOurs(own.subgraphs, supergraph, asked);
      const oracle = await byOracle(stock.subgraphs, supergraph, asked);
      const told = `seed ${seed}, mutation ${index}: ${asked.query} ${JSON.stringify(asked.variables)}`;
      expectSame(ours, oracle, told);
      expect(own.changes, told).toEqual(stock.changes);
    }
  });
});

/** The same subgraphs, and the mutations that reach them in their order. */
function watched(subgraphs: RandomGraph['subgraphs']): { subgraphs: RandomGraph['subgraphs']; changes: string[] } {
  const changes: string[] = [];
  const watching = [...subgraphs].map(([name, answer]): [string, typeof answer] => [
    name,
    (query, variables) => {
      if (query.startsWith('mutation')) changes.push(`${name} ${query}`);
      return answer(query, variables);
    },
  ]);
  return { subgraphs: new Map(watching), changes };
}
