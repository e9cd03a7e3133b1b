import type { Connection } from './connection.js';

/** The same page with each item shaped for the graph. */
export function mapConnection<From, To>(page: Connection<From>, shape: (item: From) => To): Connection<To> {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: shape(node) })) };
}
