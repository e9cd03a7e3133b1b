import { openAi } from '@tutorgraph/kit/ai/open-ai';
import { createOrm } from '@tutorgraph/kit/database/orm';
import { LiveStream } from '@tutorgraph/kit/events/live-stream';
import { GraphClient } from '@tutorgraph/kit/graph/graph-client';
import { createSubgraph, type Subgraph } from '@tutorgraph/kit/graphql/subgraph';
import { startJobs } from '@tutorgraph/kit/jobs/jobs';
import { createMessages, loadMessages } from '@tutorgraph/kit/messages/messages';
import { openSignals } from '@tutorgraph/kit/signals/signals';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import { Metrics } from '@tutorgraph/kit/telemetry/metrics';
import { SECRET_KEY } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';
import { createAccessTokenVerifier } from '@tutorgraph/kit/viewer/access-token';
import { Authenticator } from '@tutorgraph/kit/viewer/authenticator';
import { createServiceIdentities, ServiceTokens } from '@tutorgraph/kit/viewer/service-token';
import { room } from '../src/room.js';
import type { Market } from './market.js';

/** Another process of this room on the same database: connections, services and live stream of its own. */
export interface Replica {
  subgraph: Subgraph;
  /** What a mutation answers for this selection. @throws when it answered with errors */
  answer<Payload>(field: string, selection: string, input: object, person: TestPerson): Promise<Payload>;
  /** Codes of a mutation's `userErrors`. @throws when it answered with errors */
  refused(field: string, input: object, person: TestPerson): Promise<string[]>;
  close(): Promise<void>;
}

interface Refused {
  userErrors: { code: string }[];
}

export async function openReplica(market: Market): Promise<Replica> {
  const { databaseUrl, issuer, rights, bus } = market.graph;
  const identities = await createServiceIdentities([room.name]);
  const identity = identities.get(room.name);
  if (!identity) throw new Error('There is no identity');
  const orm = await createOrm(room.database, { url: databaseUrl });
  const live = new LiveStream({ stream: room.name, bus, keysOf: room.liveKeys });
  const messages = createMessages(await loadMessages(room.messages));
  const logger = createLogger({ service: room.name, level: 'error' });
  const metrics = new Metrics();
  const parts = room.create({
    orm,
    live,
    graph: new GraphClient(new ServiceTokens(identity), new Map()),
    rateLimiter: { consume: async () => {}, reset: async () => {}, close: async () => {} },
    signals: await openSignals({ room: room.name, logger }),
    messages,
    storage: market.graph.files.storage,
    rooms: [room.name],
    logger,
    ai: await openAi({ settings: {}, logger, metrics }),
    metrics,
    origin: () => 'http://room.test',
    settings: { SECRET_KEY },
  });
  const jobs = await startJobs({ room: room.name, url: databaseUrl, jobs: parts.jobs ?? [], logger, metrics });
  const subgraph = createSubgraph(room.name, room.schema, parts.resolvers, {
    em: orm.em,
    authenticator: new Authenticator(
      room.name,
      createAccessTokenVerifier(async () => issuer.publicKeys),
      identity.publicKeys,
      rights,
    ),
    messages,
    onFault: (error) => {
      throw error;
    },
  });
  const answer = async <Payload>(
    field: string,
    selection: string,
    input: object,
    person: TestPerson,
  ): Promise<Payload> => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
    const metadata = { authorization: person.authorization, requestId: 'replica' };
    const { data, errors } = await subgraph.execute({ query, variables: { input } }, metadata);
    if (errors?.[0]) throw errors[0];
    return data?.[field] as Payload;
  };
  return {
    subgraph,
    answer,
    async refused(field, input, person) {
      const { userErrors } = await answer<Refused>(field, 'userErrors { code }', input, person);
      return userErrors.map(({ code }) => code);
    },
    async close() {
      await jobs.close();
      await parts.close?.();
      live.close();
      await orm.close();
    },
  };
}
