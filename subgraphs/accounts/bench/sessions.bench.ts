import { argon2, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { hashPassword } from '@tutorgraph/accounts/passwords/password';
import type { Compare } from '@tutorgraph/kit/bench/compare';
import { benchDatabase } from '@tutorgraph/kit/bench/database';
import { p99Within, perSecond, shareOfPeer, timesOfPeer } from '@tutorgraph/kit/bench/goal';
import { repeat } from '@tutorgraph/kit/bench/load';
import { newId } from '@tutorgraph/kit/database/id';
import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { runSql } from '@tutorgraph/kit/testing/run-sql';
import { bareRefreshing } from './bare-refresh.ts';

const PASSWORD = 'a long enough password';
const DEVICES = 8;
const SIGN_IN = `mutation ($input: SignInInput!) {
  answer: signIn(input: $input) { session { id refreshToken } userErrors { code } }
}`;
const REFRESH = `mutation ($input: RefreshSessionInput!) {
  answer: refreshSession(input: $input) { session { id refreshToken } userErrors { code } }
}`;

const derive = promisify(argon2);

/** Signing in and going on. */
export async function bench(compare: Compare): Promise<void> {
  const graph = await startTestGraph(['accounts'], benchDatabase);
  const email = await addVerifiedAccount(graph.databaseUrl);
  const signIn = () => answerTo(graph, SIGN_IN, { email, password: PASSWORD });
  await compare({
    name: 'hash a password',
    load: repeat(() => hashPassword(PASSWORD)),
    peer: { name: 'bare argon2id', load: repeat(bareArgon2) },
    goal: timesOfPeer(1.1),
  });
  // It always compares with two hashes, so that its time does not tell which accounts an address has.
  const twoHashes = repeat(() => Promise.all([bareArgon2(), bareArgon2()]));
  const signingIn = {
    name: 'signIn',
    load: repeat(signIn),
    peer: { name: 'two bare argon2id at once', load: twoHashes },
  };
  await compare({ ...signingIn, goal: p99Within(300), ms: 3_000 });
  // With every core busy a rate tells the cost: at most one and a half of two hashes.
  await compare({ ...signingIn, goal: shareOfPeer(0.67), ms: 3_000, concurrency: 4 });
  const sessions = await Promise.all(Array.from({ length: DEVICES }, signIn));
  const ids = sessions.map(({ id }) => id);
  const bare = await bareRefreshing(graph.databaseUrl, ids);
  await compare({
    name: 'refreshSession',
    load: repeat(async (_index, lane) => {
      const refreshed = await answerTo(graph, REFRESH, { refreshToken: sessions[lane]?.refreshToken });
      sessions[lane] = refreshed;
    }),
    peer: { name: 'its bare SQL', load: bare },
    // Enough for 90,000 people whose access tokens live 15 minutes.
    goal: perSecond(100),
    concurrency: DEVICES,
  });
  await bare.close();
  await graph.close();
}

/** OWASP's minimum, as `passwords/password.ts` has it. */
function bareArgon2(): Promise<Buffer> {
  const nonce = randomBytes(16);
  return derive('argon2id', { memory: 19_456, passes: 2, parallelism: 1, message: PASSWORD, nonce, tagLength: 32 });
}

async function addVerifiedAccount(databaseUrl: string): Promise<string> {
  const email = 'anna@bench.tutorgraph.example';
  await runSql(
    databaseUrl,
    `insert into accounts.users
       (id, email, email_verified_at, password_hash, first_name, last_name, role, locale, time_zone, created_at, updated_at)
     values ($1, $2, now(), $3, 'Anna', 'Karenina', 'STUDENT', 'en', 'UTC', now(), now())`,
    [newId(), email, await hashPassword(PASSWORD)],
  );
  return email;
}

interface Opened {
  id: string;
  refreshToken: string;
}

/** Each call from a network of its own: limits are not what is measured. @throws Error when it is refused */
async function answerTo(graph: TestGraph, query: string, input: object): Promise<Opened> {
  const accounts = graph.rooms.get('accounts');
  const result = await accounts?.subgraph.execute(
    { query, variables: { input } },
    { requestId: randomUUID(), clientAddress: randomBytes(4).join('.') },
  );
  const { session } = (result?.data?.['answer'] ?? {}) as { session?: Opened | null };
  if (session) return session;
  throw new Error(`Refused: ${JSON.stringify(result)}`);
}
