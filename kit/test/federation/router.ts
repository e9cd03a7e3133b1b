import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

/** A GraphQL request as the tests send it. */
export interface RouterRequest {
  query: string;
  variables?: Record<string, unknown>;
}

const NOBODY = 'http://127.0.0.1:1/graphql';
const inventory = { id: 'apollo-oss', products: [{ id: 'apollo-federation' }] };
const user = {
  email: 'support@apollographql.com',
  name: 'Overridden',
  totalProductsCreated: 10,
  yearsOfEmployment: 10,
};

/** What the tests' own subgraphs answer, on their own schemas. */
const neighbours: Readonly<Record<string, object>> = {
  users: { User: { __resolveReference: ({ email }: { email: string }) => (email === user.email ? user : undefined) } },
  inventory: {
    Query: { inventory: (_: unknown, { id }: { id: string }) => (id === inventory.id ? inventory : null) },
    Inventory: { __resolveType: () => 'OpenSourceInventory' },
    Product: { delivery: () => ({ estimatedDelivery: '5/1/2019', fastestDelivery: '5/1/2019' }) },
  },
};

/**
 * Apollo's own gateway, in the place of the tests' router, before the products subgraph and the two neighbours that the
 * tests bring.
 *
 * @param folder where the compatibility tests are
 */
export async function startRouter(folder: string, products: { url: string; sdl: string }) {
  const schemas = new Map<string, GraphQLSchema>();
  const services = [{ name: 'products', url: products.url, typeDefs: parse(products.sdl) }];
  for (const [name, resolvers] of Object.entries(neighbours)) {
    const typeDefs = parse(await readFile(join(folder, `dist/subgraphs/${name}/${name}.graphql`), 'utf8'));
    const modules = [{ typeDefs, resolvers }] as Parameters<typeof buildSubgraphSchema>[0];
    schemas.set(name, buildSubgraphSchema(modules));
    services.push({ name, url: NOBODY, typeDefs });
  }
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService({ name, url }) {
      const schema = schemas.get(name);
      return schema ? new LocalGraphQLDataSource(schema) : new RemoteGraphQLDataSource({ url });
    },
  });
  await gateway.load();
  return {
    supergraphSdl,
    ask: (request: RouterRequest) => ask(gateway, request),
    stop: () => gateway.stop(),
  };
}

type Asked = Parameters<ApolloGateway['executor']>[0];

async function ask(gateway: ApolloGateway, request: RouterRequest): Promise<unknown> {
  const { query } = request;
  const asked = { request, document: parse(query), queryHash: query, operationName: null, context: {}, metrics: {} };
  // Without Apollo Server around it the gateway reads nothing else.
  const result = await gateway.executor(asked as unknown as Asked);
  return JSON.parse(JSON.stringify(result));
}
