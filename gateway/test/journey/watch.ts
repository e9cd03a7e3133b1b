import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'graphql-ws';
import { connect } from '../world/client.js';
import type { Person } from './person.js';

/** What to watch: a subscription with the variable `$after`, whose field answers with a cursor and a payload. */
export interface WatchOptions {
  query: string;
  variables?: Record<string, unknown>;
  /** The subscription's field. */
  field: string;
  /** The payload's field in the event. */
  payload: string;
}

/** So often in a row nothing may answer: a process that was killed may take long to be back on a busy machine. */
const CONNECTIONS_AT_MOST = 1_200;
const CONNECT_AGAIN_AFTER_MS = 50;
/** What graphql-ws's client says of a connection that it has cut itself. */
const TERMINATED = 4_499;

/**
 * A live subscription as a good client keeps it: when the connection is lost, it goes to the next gateway and resumes
 * after the last cursor. Errors that the graph sends end it.
 */
export class Watch<Payload> {
  readonly seen: Payload[] = [];
  /** Connections that were lost. */
  losses = 0;
  /** Of them, since the last message. */
  private inVain = 0;
  private cursor: string | undefined;
  private failure: unknown;
  private hasEnded = false;
  private client: Client | undefined;
  private readonly following: Promise<void>;

  private constructor(
    private readonly person: Person,
    private readonly options: WatchOptions,
  ) {
    this.following = this.follow().catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** Starts to watch; resolves when the graph has sent where it stands. */
  static async start<Payload>(person: Person, options: WatchOptions): Promise<Watch<Payload>> {
    const watch = new Watch<Payload>(person, options);
    await watch.until(() => watch.cursor !== undefined);
    return watch;
  }

  /** @throws what ended the subscription before it was so */
  async until(isSo: (seen: readonly Payload[]) => boolean): Promise<void> {
    while (!isSo(this.seen)) {
      if (this.failure !== undefined) throw new Error('The subscription ended', { cause: this.failure });
      await delay(2);
    }
  }

  /** Cuts the connection, as a phone in a tunnel does; the watch goes on by itself. */
  drop(): void {
    this.client?.terminate();
  }

  async end(): Promise<void> {
    this.hasEnded = true;
    await this.client?.dispose();
    await this.following;
  }

  private async follow(): Promise<void> {
    const { endpoints, authorization } = this.person;
    for (let attempt = 0; this.inVain < CONNECTIONS_AT_MOST; attempt += 1) {
      this.inVain += 1;
      const endpoint = endpoints[attempt % endpoints.length];
      if (endpoint === undefined) throw new Error('No gateway is left');
      this.client = connect(endpoint, authorization === undefined ? {} : { authorization });
      try {
        await this.read(this.client);
        if (!this.hasEnded) throw new Error('The graph completed the subscription');
      } catch (error) {
        if (!this.hasEnded && !isLostConnection(error)) throw error;
      }
      if (this.hasEnded) return;
      this.losses += 1;
      await delay(CONNECT_AGAIN_AFTER_MS);
    }
    throw new Error(`Lost ${CONNECTIONS_AT_MOST} connections in a row`);
  }

  private async read(client: Client): Promise<void> {
    const { query, variables, field, payload } = this.options;
    const request = { query, variables: { ...variables, after: this.cursor ?? null } };
    for await (const { data, errors } of client.iterate<Record<string, Record<string, unknown>>>(request)) {
      if (errors) throw new Error(JSON.stringify(errors));
      this.inVain = 0;
      const event = data?.[field];
      this.cursor = String(event?.['cursor']);
      const content = event?.[payload];
      // What was selected is what the type names.
      if (content) this.seen.push(content as Payload);
    }
  }
}

/** graphql-ws throws the socket's event when a connection is lost; 4400 and above mean that the graph closed it. */
function isLostConnection(error: unknown): boolean {
  if (Array.isArray(error) || typeof error !== 'object' || error === null) return false;
  const code: unknown = Reflect.get(error, 'code');
  if (code === TERMINATED) return true;
  return !(error instanceof Error) && (typeof code !== 'number' || code < 4_400);
}
