import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface ZoomAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What becomes of a request instead of its own answer; `lose` ends the connection after it was done. */
export type ZoomTrouble = ZoomAnswer | 'hang' | 'lose';

interface ZoomMeeting {
  id: number;
  join_url: string;
  agenda?: string;
  start_time: string;
  duration: number;
}

const CLIENT = Buffer.from('client:secret').toString('base64');

/** Refuses as Zoom does; its words repeat what was asked. */
export function zoomError(status: number, code: number, message: string, headers = {}): ZoomAnswer {
  return { status, body: { code, message }, headers };
}

/** A local server that speaks Zoom's protocol: server-to-server OAuth, and meetings of one user. */
export class ZoomServer {
  readonly meetings = new Map<number, ZoomMeeting>();
  readonly requests: string[] = [];
  private tokens = new Set<string>();
  private troubles: { which: RegExp; trouble: ZoomTrouble }[] = [];
  private count = 0;
  private readonly server = createServer((request, response) => {
    void this.serve(request, response);
  });

  static async open(): Promise<ZoomServer> {
    const zoom = new ZoomServer();
    await new Promise<void>((resolve) => zoom.server.listen(0, '127.0.0.1', resolve));
    return zoom;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  /** Settings of a room that has an app of this account. */
  get settings() {
    return {
      ZOOM_ACCOUNT_ID: 'account',
      ZOOM_CLIENT_ID: 'client',
      ZOOM_CLIENT_SECRET: 'secret',
      ZOOM_BASE_URL: `${this.url}/v2`,
      ZOOM_TOKEN_URL: `${this.url}/oauth/token`,
    };
  }

  meets(which: RegExp, ...troubles: ZoomTrouble[]): void {
    this.troubles.push(...troubles.map((trouble) => ({ which, trouble })));
  }

  /** Tokens given out so far end now. */
  expireTokens(): void {
    this.tokens.clear();
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`;
    const body = await text(request);
    this.requests.push(line);
    const index = this.troubles.findIndex(({ which }) => which.test(line));
    const trouble = index < 0 ? undefined : this.troubles.splice(index, 1)[0]?.trouble;
    if (trouble === 'hang') return;
    const answer =
      typeof trouble === 'object' ? trouble : this.answer(request, new URL(line.split(' ')[1] ?? '', this.url), body);
    if (trouble === 'lose') return void response.socket?.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  }

  private answer({ method, headers }: IncomingMessage, { pathname, searchParams }: URL, body: string): ZoomAnswer {
    if (pathname === '/oauth/token') return this.token(headers.authorization, new URLSearchParams(body));
    if (!this.tokens.has(headers.authorization ?? '')) return zoomError(401, 124, 'Invalid access token.');
    if (pathname === '/v2/users/me/meetings') {
      return method === 'POST' ? this.create(JSON.parse(body)) : this.list(searchParams);
    }
    const id = Number(pathname.replace('/v2/meetings/', ''));
    const meeting = this.meetings.get(id);
    if (!meeting) return zoomError(404, 3001, `Meeting does not exist: ${id}.`);
    if (method === 'PATCH') Object.assign(meeting, JSON.parse(body));
    if (method === 'DELETE') this.meetings.delete(id);
    return { status: 204 };
  }

  private token(authorization: string | undefined, form: URLSearchParams): ZoomAnswer {
    if (authorization !== `Basic ${CLIENT}` || form.get('account_id') !== 'account') {
      return { status: 400, body: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } };
    }
    if (form.get('grant_type') !== 'account_credentials') {
      return { status: 400, body: { reason: 'unsupported grant type', error: 'unsupported_grant_type' } };
    }
    const access_token = `token-${++this.count}`;
    this.tokens.add(`Bearer ${access_token}`);
    return {
      status: 200,
      body: { access_token, token_type: 'bearer', expires_in: 3599, scope: 'meeting:write:admin' },
    };
  }

  private create(asked: Omit<ZoomMeeting, 'id' | 'join_url'>): ZoomAnswer {
    const id = 85_000_000_000 + ++this.count;
    const meeting = { ...asked, id, join_url: `https://zoom.us/j/${id}?pwd=${this.count}` };
    this.meetings.set(id, meeting);
    return { status: 201, body: meeting };
  }

  /** In pages of two, whatever is asked, so that there are pages. */
  private list(query: URLSearchParams): ZoomAnswer {
    const offset = Number(query.get('next_page_token') ?? 0);
    const meetings = [...this.meetings.values()].slice(offset, offset + 2);
    const next = offset + 2 < this.meetings.size ? String(offset + 2) : '';
    return { status: 200, body: { page_size: 2, next_page_token: next, meetings } };
  }
}
