import { createClient } from './graphql-ws/client.js';

const LONGEST_WAIT_MS = 15_000;
const KEPT_EVENTS = 100;

/**
 * One subscription over a connection of its own, made as the person who started it. It outlives the editor's tab: the
 * editor reads it through `attach`, the live panel listens to `change`. A lost connection is made anew, and an operation
 * that declares `$after` goes on after the last cursor it has seen.
 */
export class LiveStream extends EventTarget {
  #client;
  #socket;
  #unsubscribe;
  #reader;
  #onResult;

  /** Newest first: `{ at: Date, result }`. */
  events = [];
  /** How many came, kept or not. */
  count = 0;
  /** connecting | live | reconnecting | ended */
  status = 'connecting';
  /** Why it ended, where there is more to say than that it did. */
  reason = '';

  constructor({ endpoint, request, parameters, name, session, tab, onResult }) {
    super();
    Object.assign(this, { name, session, tab, person: session?.name ?? 'nobody' });
    const url = new URL(endpoint, location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#client = createClient({
      url: url.href,
      connectionParams: parameters,
      lazy: true,
      retryAttempts: Number.POSITIVE_INFINITY,
      retryWait: waitToRetry,
      shouldRetry: () => true,
      on: { connected: (socket) => this.#connected(socket), closed: () => this.#set('reconnecting') },
    });
    this.#onResult = onResult;
    this.#subscribe(request);
  }

  /** An async iterator for the editor. When the editor leaves it, the stream ends, unless it was `detach`ed meanwhile. */
  attach() {
    this.#reader = new Reader((reader) => {
      if (reader === this.#reader) this.stop();
    });
    return this.#reader;
  }

  /** Goes on without the editor. */
  detach() {
    this.#reader?.end();
    this.#reader = undefined;
  }

  /** Tells the server of a fresh token, so that the connection outlives the old one. */
  renew(authorization) {
    if (this.status === 'live') this.#socket.send(JSON.stringify({ type: 'ping', payload: authorization }));
  }

  stop(reason = '') {
    if (this.status === 'ended') return;
    this.#set('ended', reason);
    this.#unsubscribe();
    this.#client.dispose();
    this.detach();
  }

  #subscribe(request) {
    const payload = { ...request, variables: { ...request.variables } };
    const resumes = /\$after\b/.test(request.query);
    this.#unsubscribe = this.#client.subscribe(payload, {
      next: (result) => {
        const cursor = eventOf(result)?.cursor;
        // The client sends this same object again when it reconnects.
        if (resumes && cursor) payload.variables.after = cursor;
        this.#onResult(result);
        this.#receive(result);
      },
      error: (error) => {
        this.#receive({ errors: asErrors(error) });
        this.stop(asErrors(error)[0].message);
      },
      complete: () => this.stop(),
    });
  }

  #receive(result) {
    this.count += 1;
    this.events = [{ at: new Date(), result }, ...this.events].slice(0, KEPT_EVENTS);
    this.#reader?.push(result);
    this.dispatchEvent(new Event('change'));
  }

  #connected(socket) {
    this.#socket = socket;
    this.#set('live');
  }

  #set(status, reason = '') {
    if (this.status === 'ended') return;
    this.status = status;
    this.reason = reason;
    this.dispatchEvent(new Event('change'));
  }
}

/** Twice as long each time, and not all windows at once. */
function waitToRetry(retries) {
  const wait = Math.min(500 * 2 ** retries, LONGEST_WAIT_MS) * (0.5 + Math.random());
  return new Promise((resolve) => {
    setTimeout(resolve, wait);
  });
}

/** What an event's only root field holds. */
export function eventOf(result) {
  return Object.values(result.data ?? {})[0];
}

/** The client's failures are a list of GraphQL errors, a WebSocket close event or an error. */
function asErrors(failure) {
  if (Array.isArray(failure)) return failure;
  if (failure instanceof CloseEvent) {
    return [{ message: failure.reason || 'The connection was closed.', extensions: { closeCode: failure.code } }];
  }
  return [{ message: failure?.message ?? 'The connection could not be made.' }];
}

/** A queue between the stream and the editor's `for await`. */
class Reader {
  #queue = [];
  #waiting;
  #ended = false;
  #onLeft;

  constructor(onLeft) {
    this.#onLeft = onLeft;
  }

  push(value) {
    if (this.#waiting) this.#waiting({ value, done: false });
    else this.#queue.push(value);
    this.#waiting = undefined;
  }

  end() {
    this.#ended = true;
    this.#waiting?.({ value: undefined, done: true });
    this.#waiting = undefined;
  }

  next() {
    if (this.#queue.length > 0) return Promise.resolve({ value: this.#queue.shift(), done: false });
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  return() {
    const wasDetached = this.#ended;
    this.end();
    // On a change of tab the editor leaves first and tells of the change after, in the same turn: time to be detached.
    if (!wasDetached) queueMicrotask(() => this.#onLeft(this));
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}
