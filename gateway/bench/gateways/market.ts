import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { serviceKeySettings } from '@tutorgraph/kit/distributed/service-keys';
import { Child, freePort } from './child.ts';
import { ourGateway } from './our-gateway.ts';

/** The whole way of a query of the marketplace: gateway and subgraph, each in a process of its own, as they are deployed. */
export interface Market {
  url: string;
  children: readonly Child[];
}

const MARKETPLACE = fileURLToPath(new URL('../../../subgraphs/marketplace/dist/main.js', import.meta.url));
const SUPERGRAPH = fileURLToPath(new URL('../../../schema/supergraph.graphql', import.meta.url));
const HOST = '127.0.0.1';
/** What is not asked here: who signs tokens, and where files are. */
const NOBODY = 'http://127.0.0.1:9';

/** Starts the marketplace and the gateway before it; whoever asks has not signed in. */
export async function startMarket(databaseUrl: string, redisUrl: string): Promise<Market> {
  const [subgraphPort, gatewayPort] = [String(await freePort()), String(await freePort())];
  const keys = (await serviceKeySettings(['marketplace'])).get('marketplace');
  const subgraph = Child.start({
    args: [MARKETPLACE],
    env: {
      ...keys,
      HOST,
      PORT: subgraphPort,
      // Jobs that so much data keeps busy complain when they are stopped in between.
      LOG_LEVEL: 'fatal',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SECRET_KEY: randomBytes(32).toString('hex'),
      JWKS_URL: NOBODY,
      S3_ENDPOINT: NOBODY,
      S3_ACCESS_KEY_ID: 'nobody',
      S3_SECRET_ACCESS_KEY: 'nothing',
    },
  });
  const subgraphUrl = `http://${HOST}:${subgraphPort}/graphql`;
  await subgraph.answers(subgraphUrl);
  const ways = { MARKETPLACE_SUBGRAPH_URL: subgraphUrl };
  const gateway = Child.start(ourGateway(gatewayPort, SUPERGRAPH, ways));
  const url = `http://${HOST}:${gatewayPort}/graphql`;
  await gateway.answers(url);
  return { url, children: [gateway, subgraph] };
}
