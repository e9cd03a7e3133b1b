import type { MikroORM } from '@mikro-orm/postgresql';
import { MikroORM as Orm } from '@mikro-orm/postgresql';
import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { MemoryEventBus } from '../../src/events/memory-bus.js';
import { GraphClient } from '../../src/graph/graph-client.js';
import type { RequestMetadata } from '../../src/graphql/context.js';
import { type ServedSubgraph, serveSubgraph } from '../../src/graphql/serve.js';
import { buildRoomSchema, createSubgraph, type Subgraph } from '../../src/graphql/subgraph.js';
import { createMessages } from '../../src/messages/messages.js';
import { TestIssuer, type TestPerson } from '../../src/testing/people.js';
import { createAccessTokenVerifier } from '../../src/viewer/access-token.js';
import { Authenticator } from '../../src/viewer/authenticator.js';
import { Rights } from '../../src/viewer/rights.js';
import { emptySnapshot, type RightsSnapshot } from '../../src/viewer/rights-snapshot.js';
import { createServiceIdentities, type ServiceIdentity, ServiceTokens } from '../../src/viewer/service-token.js';
import { Book } from '../database/library.js';
import { LaboratoryResolver, resolveSpecimen, SilentResolver } from './laboratory.js';

const READ = 'laboratory.samples.read';
const SAMPLED = 'subscription { sampled { seenBy } }';
const schema = { resolvers: [LaboratoryResolver], references: { Specimen: resolveSpecimen } };

let issuer: TestIssuer;
let identities: Map<string, ServiceIdentity>;
let orm: MikroORM;
let snapshot: RightsSnapshot;
let rights: Rights;
let resolver: LaboratoryResolver;
let subgraph: Subgraph;
let faults: unknown[];

beforeAll(async () => {
  issuer = await TestIssuer.create();
  identities = await createServiceIdentities(['laboratory', 'gateway', 'other']);
  // Nothing here asks the database; a connection is made at the first statement only.
  orm = new Orm({ dbName: 'none', entities: [Book] });
});

beforeEach(async () => {
  snapshot = { ...emptySnapshot, roles: [{ role: 'STUDENT', permissions: [READ] }] };
  const source = { load: async () => snapshot, stream: 'people', changedBy: [], sessionEndedBy: 'ended' };
  rights = new Rights(source, new MemoryEventBus());
  await rights.refresh();
  resolver = new LaboratoryResolver();
  faults = [];
  const verifier = createAccessTokenVerifier(async () => issuer.publicKeys);
  subgraph = createSubgraph('laboratory', schema, [resolver], {
    em: orm.em,
    authenticator: new Authenticator('laboratory', verifier, identity('laboratory').publicKeys, rights),
    messages: createMessages({ en: {}, ru: {} }),
    onFault: (error) => faults.push(error),
  });
});

function identity(service: string): ServiceIdentity {
  const found = identities.get(service);
  if (!found) throw new Error(service);
  return found;
}

function metadata(authorization?: string): RequestMetadata {
  return { authorization, requestId: 'request-1' };
}

async function codesOf(query: string, authorization?: string): Promise<unknown[]> {
  const { errors = [] } = await subgraph.execute({ query }, metadata(authorization));
  return errors.map(({ extensions }) => extensions['code']);
}

async function bearer(service: string, audience: string, scopes: string[]): Promise<string> {
  return `Bearer ${await new ServiceTokens(identity(service)).issue(audience, scopes)}`;
}

describe('who may use a field', () => {
  it('must be said for every root field, or the room does not start', () => {
    expect(() => buildRoomSchema({ resolvers: [SilentResolver], references: {} })).toThrow('Query.silent');
  });

  it('needs an instance of every resolver class', () => {
    const { messages, em, authenticator, onFault } = {} as never;
    expect(() => createSubgraph('laboratory', schema, [], { messages, em, authenticator, onFault })).toThrow(
      'LaboratoryResolver',
    );
  });

  it('is decided by rule and viewer, deny by default', async () => {
    const viewers = {
      nobody: undefined,
      permitted: (await issuer.signIn('STUDENT')).authorization,
      'not permitted': (await issuer.signIn('TUTOR')).authorization,
      'service in scope': await bearer('other', 'laboratory', ['samples']),
      'service out of scope': await bearer('other', 'laboratory', ['rights']),
      'service elsewhere': await bearer('other', 'accounts', ['samples']),
    };
    const table: Record<string, unknown> = {};
    for (const [who, authorization] of Object.entries(viewers)) {
      const codes: string[] = [];
      for (const field of ['everybody', 'people', 'permitted', 'services', 'both']) {
        codes.push(String((await codesOf(`{ ${field} }`, authorization))[0] ?? 'yes'));
      }
      table[who] = codes.join(' ');
    }
    expect(table).toEqual({
      nobody: 'yes UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED',
      permitted: 'yes yes yes FORBIDDEN yes',
      'not permitted': 'yes yes FORBIDDEN FORBIDDEN yes',
      'service in scope': 'yes UNAUTHENTICATED UNAUTHENTICATED yes yes',
      'service out of scope': 'yes UNAUTHENTICATED UNAUTHENTICATED FORBIDDEN FORBIDDEN',
      'service elsewhere': 'UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED',
    });
  });
});

describe('a service that reads entities', () => {
  let graph: GraphClient;

  beforeEach(() => {
    graph = new GraphClient(
      new ServiceTokens(identity('other')),
      new Map([['laboratory', (...call) => subgraph.execute(...call)]]),
    );
  });

  const answers = async (selected: string, scopes: string[]) => {
    const query = `{ _entities(representations: [{ __typename: "Specimen", id: "7" }]) { ${selected} } }`;
    const codes = await codesOf(query, await bearer('other', 'laboratory', scopes));
    return codes.length > 0 ? codes : 'yes';
  };

  it('gets what it selects, nested values and ids of others too', async () => {
    const selection = ['name', 'shelf { number }', 'whole { id }'];
    const found = await graph.entities('laboratory', 'Specimen', ['7'], selection);
    expect(found.get('7')).toEqual({ id: '7', name: 'Number 7', shelf: { number: 1 }, whole: { id: 'whole' } });
  });

  it.each([
    ['nothing but the id', '... on Specimen { __typename id }', []],
    ['a field of its scopes', '... on Specimen { name }', ['Specimen.name']],
    ['a value below a field of its scopes', '... on Specimen { shelf { number } }', ['Specimen.shelf']],
    ['a field by another name', '... on Specimen { id: name }', ['Specimen.name']],
    ['all fields of its scopes', '... on Specimen { name whole { name } }', ['Specimen.name', 'Specimen.whole']],
  ])('may ask for %s', async (_what, selected, scopes) => {
    expect(await answers(selected, scopes)).toBe('yes');
  });

  it.each([
    ['a field without any scope', '... on Specimen { name }', []],
    ['a field by the name of a free one', '... on Specimen { id: name }', []],
    ['one field of two', '... on Specimen { name shelf { number } }', ['Specimen.name']],
    ['a field by the scope of another type', '... on Specimen { name }', ['Shelf.name', 'name']],
    ['an entity below another', '... on Specimen { whole { name } }', ['Specimen.whole']],
  ])('may not ask for %s', async (_what, selected, scopes) => {
    expect(await answers(selected, scopes)).toEqual(['FORBIDDEN']);
  });

  it('may not ask for them by fragments or fields for everybody either', async () => {
    const authorization = await bearer('other', 'laboratory', ['Specimen.shelf']);
    const byFragment = '{ specimens { ...named } } fragment named on Specimen { shelf { number } name }';
    expect(await codesOf(byFragment, authorization)).toEqual(['FORBIDDEN']);
    expect(await codesOf('{ specimens { shelf { number } } }', authorization)).toEqual([]);
  });

  it('is told nothing without a token but what everybody is', async () => {
    const query = '{ _entities(representations: [{ __typename: "Specimen", id: "7" }]) { ... on Specimen { name } } }';
    expect(await codesOf(query)).toEqual([]);
    expect(await codesOf(query, await bearer('other', 'accounts', ['Specimen.name']))).toEqual(['UNAUTHENTICATED']);
  });
});

describe('a viewer whose address is not proven', () => {
  const changes = ['enter', 'prove', 'write', 'measure'];

  async function answersTo(authorization?: string): Promise<string> {
    const codes = changes.map(async (field) => (await codesOf(`mutation { ${field} }`, authorization))[0] ?? 'yes');
    return (await Promise.all(codes)).join(' ');
  }

  it('may change only what says so, and is told how to go on', async () => {
    const { authorization } = await issuer.signIn('STUDENT', { verified: false });
    expect(await answersTo(authorization)).toBe('yes yes EMAIL_NOT_VERIFIED EMAIL_NOT_VERIFIED');
    const { errors } = await subgraph.execute({ query: 'mutation { write }' }, metadata(authorization));
    expect(errors?.[0]?.message).toContain('requestEmailVerification');
  });

  it('may read and watch like others', async () => {
    const person = await issuer.signIn('STUDENT', { verified: false });
    expect(await codesOf('{ everybody people permitted }', person.authorization)).toEqual([]);
    const live = await subgraph.subscribe(
      { query: SAMPLED },
      metadata(person.authorization),
      new AbortController().signal,
    );
    expect(Symbol.asyncIterator in live).toBe(true);
    if (Symbol.asyncIterator in live) await live[Symbol.asyncIterator]().return?.();
  });

  it('hears the other refusals first', async () => {
    const tutor = await issuer.signIn('TUTOR', { verified: false });
    expect(await answersTo(tutor.authorization)).toBe('yes yes EMAIL_NOT_VERIFIED FORBIDDEN');
    expect(await answersTo()).toBe('yes UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED');
  });

  it('is one like others once it is', async () => {
    expect(await answersTo((await issuer.signIn('STUDENT')).authorization)).toBe('yes yes yes yes');
  });
});

describe('what goes wrong', () => {
  it('is masked when it is our fault, and reported', async () => {
    const result = await subgraph.execute({ query: '{ failing(how: "badly") everybody }' }, metadata());
    expect(JSON.stringify(result)).not.toContain('swordfish');
    expect(result).toMatchObject({
      data: { failing: null, everybody: 'yes' },
      errors: [{ path: ['failing'], extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' } }],
    });
    expect(String(faults[0])).toContain('swordfish');
  });

  it('is passed on when it was meant to be seen', async () => {
    const { errors } = await subgraph.execute({ query: '{ failing(how: "coded") }' }, metadata());
    expect(errors?.[0]).toMatchObject({
      message: 'Not today',
      extensions: { code: 'CLOSED', until: 'Monday', requestId: 'request-1' },
    });
    expect(faults).toEqual([]);
  });

  it('has a code also when the operation itself is wrong', async () => {
    expect(await codesOf('{ unknown }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await codesOf('query ($how: String!) { failing(how: $how) }')).toEqual(['BAD_USER_INPUT']);
    expect((await codesOf('{ ')).length).toBe(1);
  });
});

describe('a subscription', () => {
  async function open(person: TestPerson): Promise<AsyncIterator<ExecutionResult>> {
    const live = await subgraph.subscribe(
      { query: SAMPLED },
      metadata(person.authorization),
      new AbortController().signal,
    );
    if (!(Symbol.asyncIterator in live)) throw live.errors?.[0];
    return live[Symbol.asyncIterator]();
  }

  it('is refused to whoever may not', async () => {
    const refused = await subgraph.subscribe({ query: SAMPLED }, metadata(), new AbortController().signal);
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('asks again at each event who watches: a session that was ended ends it', async () => {
    const person = await issuer.signIn('STUDENT');
    const live = await open(person);
    resolver.samples.emit('sample');
    expect((await live.next()).value).toMatchObject({ data: { sampled: { seenBy: person.userId } } });
    snapshot = { ...snapshot, revokedSessions: [person.sessionId] };
    await rights.refresh();
    resolver.samples.emit('sample');
    await expect(live.next()).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect(resolver.listeners).toBe(0);
  });

  it('ends when the permission was taken away', async () => {
    const live = await open(await issuer.signIn('STUDENT'));
    snapshot = { ...snapshot, roles: [] };
    await rights.refresh();
    resolver.samples.emit('sample');
    await expect(live.next()).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(resolver.listeners).toBe(0);
  });

  it('ends when the token has expired', async () => {
    const live = await open(await issuer.signIn('STUDENT', { lifetimeSeconds: 60 }));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    try {
      resolver.samples.emit('sample');
      await expect(live.next()).rejects.toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    } finally {
      vi.useRealTimers();
    }
    expect(resolver.listeners).toBe(0);
  });

  it('ends at once when its reader leaves, also while nothing happens', async () => {
    const live = await open(await issuer.signIn('STUDENT'));
    const waiting = live.next();
    await live.return?.();
    expect(await waiting.catch(() => ({ done: true }))).toMatchObject({ done: true });
    expect(resolver.listeners).toBe(0);
  });
});

describe('over the network', () => {
  let served: ServedSubgraph;

  beforeEach(async () => {
    const { publicKeys } = identity('laboratory');
    served = await serveSubgraph(subgraph, { host: '127.0.0.1', port: 0, servicePublicKeys: publicKeys });
  });

  afterEach(() => served.close());

  it('a body that is no operation is told so', async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(served.url, { method: 'POST', headers, body: '{"nothing":1}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('query') }] });
  });

  it('a quiet subscription ends when the client leaves', async () => {
    const { authorization } = await issuer.signIn('STUDENT');
    const client = createClient({
      url: served.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { authorization },
      retryAttempts: 0,
    });
    const live = client.iterate({ query: SAMPLED });
    const first = live.next();
    while (resolver.listeners === 0) await new Promise((resolve) => setImmediate(resolve));
    resolver.samples.emit('sample');
    expect((await first).value).toMatchObject({ data: { sampled: { seenBy: expect.any(String) } } });
    await live.return?.();
    while (resolver.listeners > 0) await new Promise((resolve) => setImmediate(resolve));
    await client.dispose();
  });
});
