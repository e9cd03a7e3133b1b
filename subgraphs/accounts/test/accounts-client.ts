import type { TestGraph } from '@tutorgraph/kit/testing/graph';
import type { TestPerson } from '@tutorgraph/kit/testing/people';

export const REGISTER = `mutation ($input: RegisterInput!) {
  register(input: $input) { accepted userErrors { code field message } }
}`;
export const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) {
    session { id accessToken accessTokenExpiresAt refreshToken expiresAt }
    user { id displayName email role }
    userErrors { code field message }
  }
}`;
export const REFRESH = `mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) {
    session { id accessToken refreshToken } user { id } userErrors { code field message }
  }
}`;
export const SIGN_OUT = `mutation ($input: SignOutInput) { signOut(input: $input) { userErrors { code } } }`;

let count = 0;

/** What somebody fills in to register; every call another address. */
export function newPerson() {
  count += 1;
  return {
    email: `anna${count}-${process.pid}@test.tutorgraph.example`,
    password: 'a long enough password',
    firstName: 'Anna',
    lastName: 'Karenina',
    role: 'STUDENT',
  };
}

/** Registers somebody new, whose address is not proven. */
export async function register(graph: TestGraph) {
  const input = newPerson();
  const { data, errors } = await graph.run('accounts', REGISTER, { input });
  if (errors) throw errors[0];
  const { register: answer } = data as { register: { accepted: boolean | null } };
  if (!answer.accepted) throw new Error('The registration was not accepted');
  return input;
}

/** A session as the API gives it. */
export interface OpenedSession {
  id: string;
  accessToken: string;
  refreshToken: string;
  userId: string;
}

/** Proves an address past the API, for tests of something else. */
async function proveAddress(graph: TestGraph, email: string): Promise<void> {
  const room = graph.rooms.get('accounts');
  await room?.orm.em.fork().execute('update accounts.users set email_verified_at = now() where email = ?', [email]);
}

/** Registers somebody new, proves their address and signs them in. */
export async function openSession(graph: TestGraph): Promise<OpenedSession> {
  const { email, password } = await register(graph);
  await proveAddress(graph, email);
  const { data } = await graph.run('accounts', SIGN_IN, { input: { email, password } });
  const { signIn } = data as { signIn: { session: Omit<OpenedSession, 'userId'>; user: { id: string } } };
  return { ...signIn.session, userId: signIn.user.id };
}

/** The person behind a session that was opened through the API. */
export function account(session: OpenedSession): TestPerson {
  return {
    userId: session.userId,
    sessionId: session.id,
    role: 'STUDENT',
    authorization: `Bearer ${session.accessToken}`,
  };
}
