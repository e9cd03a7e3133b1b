import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { perSecond } from '@tutorgraph/kit/bench/goal';
import { requests } from '@tutorgraph/kit/bench/http-load';
import { DEMO_PASSWORD, fixedEmail } from '@tutorgraph/kit/demo/fixed-people';
import { Lifecycle } from '@tutorgraph/kit/lifecycle/lifecycle';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { readSingleProcessEnvironment } from '#single-process/environment';
import { startWholeGraph } from '#single-process/whole-graph';

const CONNECTIONS = 16;
const ME = '{ me { id displayName email role createdAt } }';
const TUTORS = `{ tutors(first: 20) { edges { node {
  id displayName headline city rating reviewCount
  offerings { subject { name } levels hourlyRate { amountMinor currency } }
  reviews(first: 3) { edges { node { rating text createdAt author { id displayName } } } }
} } pageInfo { hasNextPage endCursor } } }`;

/** No money moves here. */
const NO_STRIPE = {
  STRIPE_SECRET_KEY: 'sk_test_nobody',
  STRIPE_WEBHOOK_SECRET: 'whsec_nobody',
  STRIPE_API_URL: 'http://127.0.0.1:9',
};

/** Whole queries through gateway, rooms and database of one process, as `npm start` runs them with its demo data. */
export async function bench(compare: Compare): Promise<void> {
  const logger = createLogger({ service: 'bench', level: 'warn' });
  const lifecycle = new Lifecycle(logger);
  // Rooms bring their own tables.
  const migrate = async (): Promise<void> => {};
  const database = await benchDatabase({ migrate, cacheKey: [fileURLToPath(import.meta.url)] });
  lifecycle.own('database', () => database.close());
  const secrets = { SECRET_KEY: 'a secret that only benches know, long enough', ...NO_STRIPE };
  // One person asks more in a second than they may in a minute.
  const rates = { RATE_COST_PER_VIEWER: '0', RATE_COST_PER_NETWORK: '0' };
  const settings = { PORT: '0', DEMO: 'true', ...rates, ...secrets };
  const environment = readSingleProcessEnvironment(settings);
  const { address: url } = await startWholeGraph({
    environment,
    settings,
    databaseUrl: database.url,
    logger,
    lifecycle,
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await signIn(url)}` };
  const queries = [
    { name: 'me', query: ME, goal: perSecond(500) },
    { name: '20 tutors with offerings, 3 reviews each and their authors', query: TUTORS, goal: perSecond(50) },
  ];
  for (const { name, query, goal } of queries) {
    const body = JSON.stringify({ query });
    const answer = await ask(url, headers, body);
    const bare = await bareServer(answer);
    const answerLength = answer.length;
    const load = requests({ url, headers, body, answerLength });
    const peer = requests({ url: bare.url, headers, body, answerLength });
    await compare({
      name,
      load,
      peer: { name: `a bare Node server sending the same ${Math.ceil(answerLength / 1024)} KB`, load: peer },
      goal,
      concurrency: CONNECTIONS,
    });
    await load.close();
    await peer.close();
    bare.close();
  }
  await lifecycle.close();
}

async function signIn(url: string): Promise<string> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }';
  const variables = { input: { email: fixedEmail('STUDENT'), password: DEMO_PASSWORD } };
  const headers = { 'content-type': 'application/json' };
  const answer = JSON.parse(await ask(url, headers, JSON.stringify({ query, variables })));
  return answer.data.signIn.session.accessToken;
}

/** @throws Error when the answer holds errors */
async function ask(url: string, headers: Record<string, string>, body: string): Promise<string> {
  const text = await (await fetch(url, { method: 'POST', headers, body })).text();
  if (JSON.parse(text).errors) throw new Error(`${url} answered ${text.slice(0, 500)}`);
  return text;
}

/** The limit of what Node's HTTP server can do: it reads the request and sends what it is given. */
async function bareServer(answer: string): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
