import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { buildSchema, type ExecutionArgs, execute, graphql, parse, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { type PlaygroundOptions, registerPlayground } from '../src/playground/playground.js';

const SDL = /* GraphQL */ `
  type User { id: ID! displayName: String! email: String! role: String! }
  type Session { accessToken: String! refreshToken: String! accessTokenExpiresAt: String! }
  type UserError { message: String! }
  type SessionPayload { session: Session user: User userErrors: [UserError!]! }
  input SignInInput { email: String! password: String! }
  input RefreshSessionInput { refreshToken: String! }
  input SignOutInput { refreshToken: String! }
  type SignOutPayload { userErrors: [UserError!]! }
  type Subject { id: ID! name: String! }
  type Application { id: ID! message: String! seenBy: String }
  type ApplicationReceivedEvent { cursor: String! application: Application }
  type Message { id: ID! channel: String! recipient: String! subject: String text: String! sentAt: String! }
  type MessageEdge { node: Message! }
  type MessageConnection { edges: [MessageEdge!]! }
  input VerifyEmailInput { code: String! }
  type VerifyEmailPayload { user: User userErrors: [UserError!]! }
  type Query { subjects: [Subject!]! me: User developmentMailbox(first: Int): MessageConnection }
  type Mutation {
    signIn(input: SignInInput!): SessionPayload!
    refreshSession(input: RefreshSessionInput!): SessionPayload!
    signOut(input: SignOutInput!): SignOutPayload!
    verifyEmail(input: VerifyEmailInput!): VerifyEmailPayload!
    apply(message: String!): Application
  }
  type Subscription { applicationReceived(after: String): ApplicationReceivedEvent! }
`;

interface Context {
  readonly viewer: string | undefined;
}

/** A GraphQL server of the real one's manners, with accounts and one live event, and the playground in front of it. */
export class PlaygroundServer {
  /** Life of the access tokens it gives from now on. */
  tokenLifeMs = 15 * 60_000;
  /** What each subscription asked to go on after. */
  readonly cursors: (string | undefined)[] = [];
  refreshes = 0;
  /** The payloads of the pings that clients sent. */
  readonly pings: unknown[] = [];

  /** What the development mailbox holds, the newest first; undefined where there is none. */
  mailbox: object[] | undefined;

  readonly #schema = buildSchema(SDL);
  readonly #app = fastify();
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #listeners = new Set<(message: string) => void>();
  #tokens = 0;
  #applications = 0;

  readonly #root = {
    subjects: () => [{ id: '1', name: 'Mathematics' }],
    me: (_: unknown, { viewer }: Context) => (viewer ? userOf(viewer) : null),
    signIn: ({ input }: { input: { email: string; password: string } }) =>
      input.password === 'tutorgraph-demo'
        ? this.#session(input.email)
        : { session: null, user: null, userErrors: [{ message: 'Wrong address or password.' }] },
    refreshSession: ({ input }: { input: { refreshToken: string } }) => {
      this.refreshes += 1;
      return this.#session(input.refreshToken.replace('refresh ', ''));
    },
    developmentMailbox: () => this.mailbox && { edges: this.mailbox.map((node) => ({ node })) },
    verifyEmail: ({ input }: { input: { code: string } }, { viewer }: Context) =>
      viewer && input.code === '4711'
        ? { user: userOf(viewer), userErrors: [] }
        : { user: null, userErrors: [{ message: 'Wrong code.' }] },
    signOut: () => ({ userErrors: [] }),
    apply: ({ message }: { message: string }) => {
      for (const listener of this.#listeners) listener(message);
      return { id: '1', message };
    },
    applicationReceived: ({ after }: { after?: string }, { viewer }: Context) => {
      this.cursors.push(after);
      return this.#applicationEvents(viewer);
    },
  };

  get url(): string {
    return `http://127.0.0.1:${(this.#app.server.address() as AddressInfo).port}/graphql`;
  }

  async start(options: Omit<PlaygroundOptions, 'endpoint'>): Promise<void> {
    const handler = { method: ['GET', 'POST'], url: '/graphql' };
    this.#app.route({
      ...handler,
      handler: async (request) => this.#answer(request.query ?? {}, request.body, request.headers.authorization),
    });
    registerPlayground(this.#app, { endpoint: '/graphql', ...options });
    useServer(
      {
        schema: this.#schema,
        roots: { subscription: this.#root },
        execute: (args: ExecutionArgs) => execute(args),
        subscribe: (args: ExecutionArgs) => subscribe(args),
        context: ({ connectionParams }): Context => ({ viewer: viewerOf(connectionParams?.authorization) }),
      },
      this.#sockets,
    );
    this.#sockets.on('connection', (client) => {
      client.on('message', (data) => {
        const { type, payload } = JSON.parse(String(data));
        if (type === 'ping') this.pings.push(payload);
      });
    });
    this.#app.server.on('upgrade', (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, (client) => this.#sockets.emit('connection', client, request));
    });
    await this.#app.listen({ port: 0, host: '127.0.0.1' });
  }

  /** Puts a message into the development mailbox. */
  deliver(message: { channel?: string; recipient: string; subject?: string; text: string }): void {
    const id = String(this.mailbox?.length ?? 0);
    this.mailbox = [{ channel: 'EMAIL', ...message, id, sentAt: new Date().toISOString() }, ...(this.mailbox ?? [])];
  }

  /** Breaks every WebSocket connection as a restart of the server would. */
  breakConnections(): void {
    for (const client of this.#sockets.clients) client.terminate();
  }

  async stop(): Promise<void> {
    this.breakConnections();
    await this.#app.close();
  }

  #answer(query: object, body: unknown, authorization: string | undefined): unknown {
    const request = (body ?? query) as { query: string; variables?: Record<string, unknown>; operationName?: string };
    parse(request.query);
    return graphql({
      schema: this.#schema,
      source: request.query,
      rootValue: this.#root,
      contextValue: { viewer: viewerOf(authorization) } satisfies Context,
      variableValues: request.variables,
      operationName: request.operationName,
    });
  }

  #session(email: string): object {
    this.#tokens += 1;
    return {
      session: {
        accessToken: `${this.#tokens} ${email}`,
        refreshToken: `refresh ${email}`,
        accessTokenExpiresAt: new Date(Date.now() + this.tokenLifeMs).toISOString(),
      },
      user: userOf(email),
      userErrors: [],
    };
  }

  async *#applicationEvents(viewer: string | undefined): AsyncGenerator<object> {
    const messages: string[] = [];
    let wake: () => void = () => undefined;
    const listener = (message: string): void => {
      messages.push(message);
      wake();
    };
    this.#listeners.add(listener);
    try {
      yield { applicationReceived: { cursor: String(this.#applications), application: null } };
      for (;;) {
        const message = messages.shift();
        if (message === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        this.#applications += 1;
        const id = String(this.#applications);
        yield { applicationReceived: { cursor: id, application: { id, message, seenBy: viewer } } };
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }
}

function viewerOf(authorization: unknown): string | undefined {
  return typeof authorization === 'string' ? /^Bearer \d+ (.+)$/.exec(authorization)?.[1] : undefined;
}

function userOf(email: string): object {
  const role = email.split('@')[0]?.toUpperCase() ?? '';
  return { id: `user of ${email}`, displayName: `Demo ${role.toLowerCase()}`, email, role };
}
