import { callForSession, send } from './api.js';

const RENEW_BEFORE_MS = 60_000;
const RETRY_AFTER_MS = 15_000;
const SHORTEST_LIFE_MS = 5_000;

/** One person signed in: their tokens, renewed before they expire for as long as the session is held. */
export class Session {
  #endpoint;
  #renewing;
  #timer;

  /** @param state what `toJSON` gives, and nothing else */
  constructor(endpoint, state, { onRenewed, onLost }) {
    this.#endpoint = endpoint;
    this.state = state;
    this.onRenewed = onRenewed;
    this.onLost = onLost;
    this.#schedule();
  }

  /** What tells this person from the others: the demo user's address, or the id of whoever registered here. */
  get key() {
    return this.state.demoUser?.email ?? this.state.user.id;
  }

  get name() {
    return this.state.user.displayName || this.state.demoUser?.label || 'Signed in';
  }

  get address() {
    return this.state.demoUser?.email ?? this.state.user.email;
  }

  get role() {
    return this.state.demoUser?.role ?? this.state.user.role;
  }

  /** A token that is good for some seconds at least. */
  async accessToken() {
    if (this.#remaining() < RETRY_AFTER_MS) await this.renew();
    return this.state.accessToken;
  }

  /** Renews now; calls while one is under way share it. */
  renew() {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  toJSON() {
    return this.state;
  }

  dispose() {
    clearTimeout(this.#timer);
  }

  /** Tells the server that the session is over. Failing to is no reason to stay signed in here. */
  async end() {
    this.dispose();
    const { accessToken, refreshToken } = this.state;
    await send(
      this.#endpoint,
      {
        query: 'mutation PlaygroundSignOut($input: SignOutInput!) { signOut(input: $input) { __typename } }',
        variables: { input: { refreshToken } },
      },
      { authorization: `Bearer ${accessToken}` },
    ).catch(() => undefined);
  }

  async #renew() {
    try {
      const payload = await this.#newTokens();
      this.state = { ...this.state, ...tokens(payload.session) };
      this.#schedule();
      this.onRenewed(this);
    } catch (error) {
      this.#timer = setTimeout(() => this.renew(), RETRY_AFTER_MS);
      if (this.#remaining() <= 0) this.onLost(this, error);
    }
  }

  /** A demo user whose session was ended, say by loading the demo data anew, is signed in again. */
  async #newTokens() {
    const { refreshToken, demoUser } = this.state;
    try {
      return await callForSession(this.#endpoint, 'refreshSession', 'RefreshSessionInput', { refreshToken });
    } catch (error) {
      if (!demoUser || error instanceof TypeError) throw error;
      return signInPayload(this.#endpoint, demoUser);
    }
  }

  #remaining() {
    return this.state.expiresAt - Date.now();
  }

  #schedule() {
    clearTimeout(this.#timer);
    const remaining = Math.max(this.#remaining(), 0);
    this.#timer = setTimeout(() => this.renew(), Math.max(remaining - RENEW_BEFORE_MS, remaining / 2));
  }
}

/** What a session keeps of the server's `session`. A clock that is wrong here does not make it renew without a pause. */
export function tokens({ accessToken, refreshToken, accessTokenExpiresAt }) {
  const expiresAt = Math.max(Date.parse(accessTokenExpiresAt), Date.now() + SHORTEST_LIFE_MS);
  return { accessToken, refreshToken, expiresAt };
}

export function signInPayload(endpoint, { email, password }) {
  return callForSession(endpoint, 'signIn', 'SignInInput', { email, password });
}
