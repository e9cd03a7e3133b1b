import { send } from './api.js';
import { Session, signInPayload, tokens } from './session.js';

const STORE = 'tutorgraph:people';

/**
 * Who is signed in in this window: several people may be, one of them is the current one. Kept in the window's own
 * storage, so that a reload changes nothing and two windows may be two people.
 */
export class People extends EventTarget {
  #endpoint;
  #sessions = new Map();
  #currentKey;

  constructor(endpoint) {
    super();
    this.#endpoint = endpoint;
    const stored = JSON.parse(sessionStorage.getItem(STORE) ?? 'null');
    for (const state of stored?.sessions ?? []) this.#hold(state);
    if (this.#sessions.has(stored?.current)) this.#currentKey = stored.current;
  }

  /** The session that operations are sent with; undefined for nobody. */
  get current() {
    return this.#sessions.get(this.#currentKey);
  }

  /** Whether this demo user is signed in here, current or not. */
  holds(demoUser) {
    return this.#sessions.has(demoUser.email);
  }

  /** Makes a demo user the current one and signs them in where needed. */
  async become(demoUser) {
    if (!this.holds(demoUser)) {
      const payload = await signInPayload(this.#endpoint, demoUser);
      this.#hold({ user: payload.user, demoUser, ...tokens(payload.session) });
    }
    this.#makeCurrent(demoUser.email);
  }

  /** Makes whoever an operation in the editor has registered or signed in the current one. */
  async adopt({ session, user }, demoUsers) {
    const state = { user: user ?? {}, ...tokens(session) };
    const me = await this.#whoIs(state.accessToken);
    const demoUser = demoUsers.find(({ email }) => email === me?.email);
    const adopted = this.#hold({ ...state, user: { ...state.user, ...me }, ...(demoUser && { demoUser }) });
    this.#makeCurrent(adopted.key);
  }

  /** Signs the current person out; whoever else is signed in here stays so. */
  async signOut() {
    const leaving = this.current;
    if (!leaving) return;
    this.#sessions.delete(leaving.key);
    this.#makeCurrent(undefined);
    this.dispatchEvent(new CustomEvent('left', { detail: leaving }));
    await leaving.end();
  }

  /** The header that says who is asking. */
  async authorization(session = this.current) {
    return session ? { authorization: `Bearer ${await session.accessToken()}` } : {};
  }

  #hold(state) {
    const session = new Session(this.#endpoint, state, {
      onRenewed: (renewed) => {
        this.#store();
        this.dispatchEvent(new CustomEvent('renewed', { detail: renewed }));
      },
      onLost: (lost, error) => this.#lose(lost, error),
    });
    this.#sessions.get(session.key)?.dispose();
    this.#sessions.set(session.key, session);
    return session;
  }

  #lose(session, error) {
    session.dispose();
    this.#sessions.delete(session.key);
    this.#makeCurrent(this.#currentKey === session.key ? undefined : this.#currentKey);
    this.dispatchEvent(new CustomEvent('lost', { detail: { session, error } }));
  }

  #makeCurrent(key) {
    this.#currentKey = key;
    this.#store();
    this.dispatchEvent(new Event('change'));
  }

  #store() {
    const stored = { current: this.#currentKey, sessions: [...this.#sessions.values()] };
    sessionStorage.setItem(STORE, JSON.stringify(stored));
  }

  async #whoIs(accessToken) {
    const request = { query: 'query PlaygroundViewer { me { id email displayName role } }' };
    const answer = await send(this.#endpoint, request, { authorization: `Bearer ${accessToken}` }).catch(
      () => undefined,
    );
    return answer?.data?.me ?? undefined;
  }
}
