import { send } from './api.js';

const QUERY = `query PlaygroundMailbox {
  developmentMailbox(first: 20) { edges { node { id channel recipient subject text sentAt } } }
}`;
const WATCHED_EVERY_MS = 3_000;
const EXPECTED_EVERY_MS = 1_000;
const EXPECTED_FOR_MS = 12_000;

/**
 * The development mailbox, as far as there is one: its newest messages, asked for while somebody watches and for a while
 * after something that may send one. Tells `open` when it turns out that there is one, and `change` with what is new.
 */
export class Mailbox extends EventTarget {
  #endpoint;
  #isThere = false;
  #isWatched = false;
  #expectedUntil = 0;
  #timer;
  /** The newest first. */
  messages = [];

  constructor(endpoint) {
    super();
    this.#endpoint = endpoint;
  }

  /** Finds out whether there is one. What it holds by then is not new to anybody. */
  async begin() {
    this.messages = (await this.#ask()) ?? [];
    if (this.#isThere) this.dispatchEvent(new Event('open'));
  }

  /** Somebody looks, or does so no more. */
  watch(isWatched) {
    this.#isWatched = isWatched;
    if (isWatched) this.#look();
  }

  /** Something was done that may send a message soon. */
  expect() {
    this.#expectedUntil = Date.now() + EXPECTED_FOR_MS;
    this.#schedule();
  }

  /** Asks now. */
  async refresh() {
    const messages = await this.#ask();
    if (!messages) return;
    const known = new Set(this.messages.map(({ id }) => id));
    const fresh = messages.filter(({ id }) => !known.has(id));
    this.messages = messages;
    if (fresh.length > 0) this.dispatchEvent(new CustomEvent('change', { detail: fresh }));
  }

  /** The newest code that was sent to an address; undefined when there is none. */
  async codeFor(address) {
    if (!this.#isThere) return undefined;
    await this.refresh();
    const sent = this.messages.find((message) => message.recipient === address && codeIn(message));
    return sent && codeIn(sent);
  }

  async #ask() {
    const answer = await send(this.#endpoint, { query: QUERY }).catch(() => undefined);
    const page = answer?.data?.developmentMailbox;
    this.#isThere ||= Boolean(page);
    return page?.edges.map(({ node }) => node);
  }

  async #look() {
    if (!document.hidden) await this.refresh();
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (!this.#isThere) return;
    const isExpected = Date.now() < this.#expectedUntil;
    if (!isExpected && !this.#isWatched) return;
    this.#timer = setTimeout(() => this.#look(), isExpected ? EXPECTED_EVERY_MS : WATCHED_EVERY_MS);
  }
}

/** The code that a message brings: four digits, in a mail at the end of a line by themselves or after a colon. */
export function codeIn({ channel, text }) {
  const [code] = (channel === 'SMS' ? /(?<!\d)\d{4}(?!\d)/ : /(?<=^|: ?)\d{4}(?=\s*$)/m).exec(text) ?? [];
  return code;
}
