import type { GraphParts } from '../../src/graph/build-graph.js';
import { Supergraph } from '../../src/supergraph/supergraph.js';
import { inProcessTransport } from '../../src/transports/in-process-transport.js';
import { type Change, composeWorld, ordersSubgraph, peopleSubgraph, type World } from './subgraphs.js';

/** How the two subgraphs differ from those of the world's beginning. */
export interface WorldChange {
  orders?: Change;
  people?: Change;
}

/** A field more, which touches nothing else. */
export const withNickname: WorldChange = {
  people: (sdl) => sdl.replace('name: String!', 'name: String! nickname: String'),
};

/** The title of an order is another subgraph's: whoever selects it has another plan. */
export const withTitleElsewhere: WorldChange = {
  orders: (sdl) => sdl.replace('id: ID! title: String! author', 'id: ID! author'),
  people: (sdl) => `${sdl} type Order @key(fields: "id") { id: ID! title: String! }`,
};

/** Nobody has titles any more. */
export const withoutTitle: WorldChange = {
  orders: (sdl) => sdl.replace('id: ID! title: String! author', 'id: ID! author'),
};

/** People are found by a number, which the orders know. */
export const withAnotherKey: WorldChange = {
  orders: (sdl) =>
    sdl
      .replace(
        '@key(fields: "id", resolvable: false) { id: ID! }',
        '@key(fields: "number", resolvable: false) { number: Int! id: ID! @shareable }',
      )
      .replace('"@key"]', '"@key", "@shareable"]'),
  people: (sdl) =>
    sdl
      .replace('Person @key(fields: "id") { id: ID!', 'Person @key(fields: "number") { number: Int! id: ID! @shareable')
      .replace('"@key"]', '"@key", "@shareable"]'),
};

/** A world's graph, changed, with subgraphs of their own over the same data. */
export function changedGraph(world: World, { orders, people }: WorldChange = {}): GraphParts {
  return {
    supergraph: new Supergraph(composeWorld({}, { ...(orders && { orders }), ...(people && { people }) })),
    transports: new Map([
      ['orders', inProcessTransport(ordersSubgraph(world, orders))],
      ['people', inProcessTransport(peopleSubgraph(world, people))],
    ]),
  };
}
