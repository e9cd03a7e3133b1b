import { startTestGraph, type TestGraph } from '@tutorgraph/kit/testing/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account, openSession, REFRESH, register, SIGN_IN, SIGN_OUT } from './accounts-client.js';

let graph: TestGraph;

beforeAll(async () => {
  graph = await startTestGraph(['accounts']);
});

afterAll(() => graph.close());

describe('signing in', () => {
  it('opens a session for the right password, whatever the case of the address', async () => {
    const person = await register(graph);
    const { data } = await graph.run('accounts', SIGN_IN, {
      input: { email: person.email.toUpperCase(), password: person.password },
    });
    expect(data).toMatchObject({
      signIn: { session: { accessToken: expect.any(String) }, user: { displayName: 'Anna K.' }, userErrors: [] },
    });
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const person = await register(graph);
    const wrong = await graph.run('accounts', SIGN_IN, {
      input: { email: person.email, password: 'not the password' },
    });
    const unknown = await graph.run('accounts', SIGN_IN, {
      input: { email: 'nobody@test.tutorgraph.example', password: 'not the password' },
    });
    expect(wrong.data).toEqual(unknown.data);
    expect(wrong.data).toMatchObject({ signIn: { session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] } });
  });

  it('says what is wrong in Russian to whoever asks in Russian', async () => {
    const { data } = await graph.run(
      'accounts',
      SIGN_IN,
      { input: { email: 'nobody@test.tutorgraph.example', password: 'not the password' } },
      await graph.person('STUDENT', { locale: 'ru' }),
    );
    expect(data).toMatchObject({ signIn: { userErrors: [{ message: 'Неверный адрес или пароль.' }] } });
  });

  it('slows down whoever guesses the password of one address, known or not', async () => {
    const email = 'guessed@test.tutorgraph.example';
    const tries = Array.from({ length: 11 }, () =>
      graph.run('accounts', SIGN_IN, { input: { email, password: 'a wrong guess' } }),
    );
    const codes = (await Promise.all(tries)).flatMap((result) => result.codes);
    expect(codes).toEqual(['RATE_LIMITED']);
  });

  it('knows no address with a zero character, which the database would refuse', async () => {
    const { data, codes } = await graph.run('accounts', SIGN_IN, {
      input: { email: 'anna\0@test.tutorgraph.example', password: 'not the password' },
    });
    expect(codes).toEqual([]);
    expect(data).toMatchObject({ signIn: { session: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] } });
  });

  it('refuses input of another shape', async () => {
    expect((await graph.run('accounts', SIGN_IN, { input: { email: 5, password: 'x' } })).codes).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('refreshing a session', () => {
  it('gives the next pair of tokens and keeps the session', async () => {
    const first = await openSession(graph);
    const { data } = await graph.run('accounts', REFRESH, { input: { refreshToken: first.refreshToken } });
    expect(data).toMatchObject({ refreshSession: { session: { id: first.id }, userErrors: [] } });
    expect(data).not.toMatchObject({ refreshSession: { session: { refreshToken: first.refreshToken } } });
  });

  it('answers the same token twice at once with the same successor', async () => {
    const first = await openSession(graph);
    const variables = { input: { refreshToken: first.refreshToken } };
    const answers = await Promise.all([1, 2, 3].map(() => graph.run('accounts', REFRESH, variables)));
    const tokens = answers.map(({ data }) => refreshTokenOf(data));
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toEqual(expect.any(String));
  });

  it('ends the session when a token older than the last is used, for thief and owner alike', async () => {
    const first = await openSession(graph);
    const second = refreshTokenOf(
      (await graph.run('accounts', REFRESH, { input: { refreshToken: first.refreshToken } })).data,
    );
    const third = refreshTokenOf((await graph.run('accounts', REFRESH, { input: { refreshToken: second } })).data);
    const reused = await graph.run('accounts', REFRESH, { input: { refreshToken: first.refreshToken } });
    expect(reused.data).toMatchObject({ refreshSession: { session: null, userErrors: [{ code: 'SESSION_ENDED' }] } });
    const owner = await graph.run('accounts', REFRESH, { input: { refreshToken: third } });
    expect(owner.data).toMatchObject({ refreshSession: { userErrors: [{ code: 'SESSION_ENDED' }] } });
  });

  it('refuses a token that nobody was given', async () => {
    const { data } = await graph.run('accounts', REFRESH, { input: { refreshToken: 'made-up' } });
    expect(data).toMatchObject({ refreshSession: { session: null, userErrors: [{ code: 'SESSION_ENDED' }] } });
  });

  it('refuses input of another shape', async () => {
    expect((await graph.run('accounts', REFRESH, { input: {} })).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('signing out', () => {
  it('ends refresh tokens at once and access tokens as soon as the news is there', async () => {
    const session = await openSession(graph);
    const person = account(session);
    const ended = new Promise<string>((resolve) => graph.rights.onSessionEnded(resolve));
    const { data } = await graph.run('accounts', SIGN_OUT, {}, person);
    expect(data).toEqual({ signOut: { userErrors: [] } });
    expect(await ended).toBe(session.id);
    expect((await graph.run('accounts', '{ me { id } }', {}, person)).codes).toEqual(['UNAUTHENTICATED']);
    const refreshed = await graph.run('accounts', REFRESH, { input: { refreshToken: session.refreshToken } });
    expect(refreshed.data).toMatchObject({ refreshSession: { userErrors: [{ code: 'SESSION_ENDED' }] } });
  });

  it('ends the session of a refresh token for whoever holds it, and may be repeated', async () => {
    const session = await openSession(graph);
    const variables = { input: { refreshToken: session.refreshToken } };
    expect((await graph.run('accounts', SIGN_OUT, variables)).data).toEqual({ signOut: { userErrors: [] } });
    expect((await graph.run('accounts', SIGN_OUT, variables)).data).toEqual({ signOut: { userErrors: [] } });
    const refreshed = await graph.run('accounts', REFRESH, variables);
    expect(refreshed.data).toMatchObject({ refreshSession: { userErrors: [{ code: 'SESSION_ENDED' }] } });
  });

  it('does nothing for somebody who is not signed in', async () => {
    expect((await graph.run('accounts', SIGN_OUT)).data).toEqual({ signOut: { userErrors: [] } });
  });

  it('refuses input of another shape', async () => {
    expect((await graph.run('accounts', SIGN_OUT, { input: { refreshToken: [1] } })).codes).toEqual(['BAD_USER_INPUT']);
  });
});

function refreshTokenOf(data: Record<string, unknown>): unknown {
  const { refreshSession } = data as { refreshSession?: { session?: { refreshToken?: string } } };
  return refreshSession?.session?.refreshToken;
}
