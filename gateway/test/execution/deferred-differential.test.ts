import { setImmediate } from 'node:timers/promises';
import { Supergraph as ComposedSupergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { Random } from '@tutorgraph/kit/demo/random';
import { type GraphQLFormattedError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { GraphExecutor } from '../../src/execution/graph-executor.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { mergeParts, withoutLost } from './merge-parts.js';
import { randomGraph } from './random-graph.js';
import { randomQuery } from './random-query.js';
import { isNullAbove, isPlace, operationOf, type Shown, sourcesOf, testContext } from './run-graph.js';

const GRAPHS = 20;
const QUERIES = 30;

/** What subgraphs refused; each may be told once or more, depending on how often it was asked for. */
function refusalsOf({ errors }: Shown): GraphQLFormattedError[] {
  return errors.filter(({ extensions }) => extensions?.['code'] !== 'INCOMPLETE_RESULT');
}

/** Which refusals of one result another does not tell, unless the object they are about is null there. */
function untold(from: Shown, by: Shown): string[] {
  const told = new Set(by.errors.map(({ message }) => message));
  return refusalsOf(from)
    .filter(({ message, path = [] }) => !told.has(message) && !isNullAbove(by.data, path))
    .map(({ message }) => message);
}

describe.each(Array.from({ length: GRAPHS }, (_, index) => index + 1))('graph %i', (seed) => {
  // An entity that is asked for later has to be the same as one that is asked for at once; and where a field that needs another
  // is skipped, plans leave out its neighbours, too, but not those of the same field deferred.
  const graph = randomGraph(seed, { losesEntities: false, requires: false });
  const supergraph = new Supergraph(graph.sdl);

  it('comes to the same in parts as at once', async () => {
    for (let index = 0; index < QUERIES; index++) {
      const asked = randomQuery(supergraph.schema, seed * 1_000 + index, { defers: true });
      const random = new Random('delays', seed, index);
      const delay = async () => {
        for (let turns = random.integer(0, 4); turns > 0; turns--) await setImmediate();
      };
      const executor = new GraphExecutor(supergraph, sourcesOf(graph.subgraphs, delay));
      const whole = await mergeParts(await executor.execute(operationOf(asked), testContext()));
      const merged = await mergeParts(
        await executor.execute(operationOf(asked), testContext({ acceptsIncremental: true })),
      );
      const what = `seed ${seed}, query ${index}: ${asked.query} ${JSON.stringify(asked.variables)}`;
      expect(withoutLost(merged.data, whole.data, merged.lost), what).toEqual(whole.data);
      expect(untold(whole, merged), what).toEqual([]);
      // What is lost in a part only leaves other things to ask about than what is lost at once.
      if (merged.lost.length === 0) expect(untold(merged, whole), what).toEqual([]);
      for (const error of merged.errors) {
        const isLost = merged.lost.some((path) => path.every((element, at) => element === error.path?.[at]));
        expect(isLost || isPlace(merged.data, error.path), `${what}\n${JSON.stringify(error)}`).toBe(true);
      }
    }
  });

  it('is planned as without where nothing is deferred', () => {
    const planner = new QueryPlanner(ComposedSupergraph.build(graph.sdl, { validateSupergraph: false }));
    for (let index = 0; index < 5; index++) {
      const { query } = randomQuery(supergraph.schema, seed * 1_000 + index);
      const plan = planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema, parse(query)));
      expect(supergraph.plan(parse(query), undefined, query)).toEqual(plan);
    }
  });
});
