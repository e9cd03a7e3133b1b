import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { GoogleAccounts } from './google-accounts.js';
import { type GoogleAnswer, invalidCredentials } from './google-answers.js';
import { GoogleCalendars } from './google-calendars.js';

/** A request as it came. */
export interface TakenRequest {
  method: string;
  /** With its query. */
  path: string;
  body: string;
}

/**
 * What becomes of a request instead of its own answer: another answer, none at all (`hang`), the connection's end before it
 * (`reset`), or the connection's end after it was done (`lose`), which the client cannot tell from the former. A function
 * is awaited before the request's own answer.
 */
export type Trouble = GoogleAnswer | 'hang' | 'reset' | 'lose' | (() => Promise<unknown>);

/**
 * A local server that speaks Google's protocols: the token endpoint of its OAuth, and the Calendar API. Nothing is signed in
 * by itself: tokens are issued for assertions that verify and for codes that a user's consent gave.
 */
export class GoogleServer {
  readonly accounts = new GoogleAccounts();
  readonly calendars = new GoogleCalendars();
  readonly requests: TakenRequest[] = [];
  private troubles: { which: RegExp; trouble: Trouble }[] = [];
  private readonly server = createServer((request, response) => {
    void this.serve(request, response);
  });

  /** Opens it on a free port of this machine. */
  static async open(): Promise<GoogleServer> {
    const google = new GoogleServer();
    await new Promise<void>((resolve) => google.server.listen(0, '127.0.0.1', resolve));
    return google;
  }

  /** For GOOGLE_CALENDAR_BASE_URL. */
  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** For GOOGLE_TOKEN_URL. */
  get tokenUrl(): string {
    return `${this.url}/token`;
  }

  /** The next requests whose `METHOD path` matches meet these, one each. */
  meets(which: RegExp, ...troubles: Trouble[]): void {
    this.troubles.push(...troubles.map((trouble) => ({ which, trouble })));
  }

  /** Requests whose `METHOD path` matches. */
  asked(which: RegExp): TakenRequest[] {
    return this.requests.filter(({ method, path }) => which.test(`${method} ${path}`));
  }

  /** Forgets requests and troubles. */
  calm(): void {
    this.requests.length = 0;
    this.troubles = [];
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const body = await text(request);
    this.requests.push({ method, path, body });
    const index = this.troubles.findIndex(({ which }) => which.test(`${method} ${path}`));
    const trouble = index < 0 ? undefined : this.troubles.splice(index, 1)[0]?.trouble;
    if (trouble === 'hang') return;
    if (trouble === 'reset') return void response.socket?.destroy();
    if (typeof trouble === 'function') await trouble();
    const isAnswer = typeof trouble === 'object';
    const answer = isAnswer ? trouble : await this.answer(method, new URL(path, this.url), body, headers.authorization);
    if (trouble === 'lose') return void response.socket?.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json; charset=UTF-8', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private async answer(
    method: string,
    { pathname, searchParams: query }: URL,
    body: string,
    authorization: string | undefined,
  ): Promise<GoogleAnswer> {
    if (pathname === '/token') return this.accounts.token(new URLSearchParams(body));
    if (pathname === '/revoke') {
      const token = new URLSearchParams(body).get('token') ?? query.get('token') ?? '';
      return this.accounts.revoke(token)
        ? { status: 200, body: {} }
        : { status: 400, body: { error: 'invalid_token' } };
    }
    const grant = this.accounts.userOf(authorization);
    if (!grant) return invalidCredentials;
    const path = pathname
      .replace(/^\/calendar\/v3\//, '')
      .split('/')
      .map(decodeURIComponent);
    return this.calendars.handle({ method, path, query, body: body ? JSON.parse(body) : {}, user: grant.user });
  }
}
