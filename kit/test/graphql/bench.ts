import { MikroORM } from '@mikro-orm/postgresql';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { createSubgraph, type ResolverClass, type RoomSchema, type Subgraph } from '../../src/graphql/subgraph.js';
import { createMessages, type MessageCatalogue } from '../../src/messages/messages.js';
import type { RateLimiter } from '../../src/rate-limits/rate-limiter.js';
import { TestIssuer } from '../../src/testing/people.js';
import { createAccessTokenVerifier } from '../../src/viewer/access-token.js';
import { Authenticator } from '../../src/viewer/authenticator.js';
import { Rights } from '../../src/viewer/rights.js';
import { emptySnapshot } from '../../src/viewer/rights-snapshot.js';
import { createServiceIdentities, type ServiceIdentity } from '../../src/viewer/service-token.js';
import { Book } from '../database/library.js';

/** A subgraph called `bench` made of the given resolvers, with people and services who may ask it. */
export interface Bench {
  subgraph: Subgraph;
  issuer: TestIssuer;
  identity(service: string): ServiceIdentity;
}

/** Sets a bench up; nothing on it asks a database. */
export async function setUpBench(
  resolvers: readonly object[],
  messages: MessageCatalogue,
  rateLimiter?: RateLimiter,
  schema?: Omit<RoomSchema, 'resolvers'>,
): Promise<Bench> {
  const issuer = await TestIssuer.create();
  const identities = await createServiceIdentities(['bench', 'gateway', 'other']);
  const identity = (service: string): ServiceIdentity => {
    const found = identities.get(service);
    if (!found) throw new Error(`There is no identity for ${service}`);
    return found;
  };
  const orm = new MikroORM({ dbName: 'none', entities: [Book] });
  const source = {
    load: async () => emptySnapshot,
    stream: 'people',
    changedBy: [],
    sessionEndedBy: '',
  };
  const verifier = createAccessTokenVerifier(async () => issuer.publicKeys);
  const rights = new Rights(source, new MemoryEventBus());
  const classes = resolvers.map((resolver) => resolver.constructor as ResolverClass);
  const subgraph = createSubgraph('bench', { references: {}, ...schema, resolvers: classes }, resolvers, {
    em: orm.em,
    authenticator: new Authenticator('bench', verifier, identity('bench').publicKeys, rights),
    messages: createMessages(messages),
    rateLimiter,
    onFault: () => {},
  });
  return { subgraph, issuer, identity };
}
