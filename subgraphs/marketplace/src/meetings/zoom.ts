import { type CallLimits, callOutside } from '@tutorgraph/kit/outside/outside-call';
import { OutsideError, reasonOfStatus, retryAfterMs } from '@tutorgraph/kit/outside/outside-error';
import { z } from 'zod';
import type { Meeting, MeetingProvider, MeetingRoom } from './meeting-provider.js';

/** A server-to-server OAuth app of a Zoom account. */
export interface ZoomOptions {
  accountId: string;
  clientId: string;
  clientSecret: string;
  /** Whose meetings they are: an id, an address, or `me` for the app's owner. */
  user: string;
  /** Such as https://api.zoom.us/v2 */
  baseUrl: string;
  /** Such as https://zoom.us/oauth/token */
  tokenUrl: string;
  limits?: CallLimits;
}

const SERVICE = 'Zoom';
/** A token that ends so soon is not used any longer. */
const RENEWED_BEFORE_MS = 60_000;
/** Pages of 300 meetings that are looked through for one that an unfinished call may have made. */
const MOST_PAGES = 10;

const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number() });
const meetingAnswer = z.object({ id: z.number(), join_url: z.url() });
const listAnswer = z.object({
  next_page_token: z.string().optional(),
  meetings: z.array(z.object({ id: z.number(), join_url: z.url(), agenda: z.string().optional() })),
});

interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
}

/** Zoom meetings, each marked with its key: Zoom itself would make the same one twice. */
export class Zoom implements MeetingProvider {
  readonly name = 'ZOOM';
  private token: { value: string; endsAt: number } | undefined;

  constructor(private readonly options: ZoomOptions) {}

  async create(meeting: Meeting, mayExist: boolean): Promise<MeetingRoom> {
    const known = mayExist ? await this.find(meeting.key) : undefined;
    if (known) return this.move(known, meeting);
    // One try: after a try whose answer was lost the meeting may be there, and the next call looks for it.
    const made = await this.call({ method: 'POST', path: this.ofUser, body: bodyOf(meeting) }, { maxAttempts: 1 });
    return roomOf(parse(meetingAnswer, made));
  }

  async move(room: MeetingRoom, meeting: Meeting): Promise<MeetingRoom> {
    try {
      await this.call({ method: 'PATCH', path: `/meetings/${room.id}`, body: bodyOf(meeting) });
      return room;
    } catch (error) {
      if (!isAway(error)) throw error;
      return this.create(meeting, false);
    }
  }

  async remove({ key, id }: { key: string; id: string | null }): Promise<void> {
    const found = id ?? (await this.find(key))?.id;
    if (!found) return;
    try {
      await this.call({ method: 'DELETE', path: `/meetings/${found}` });
    } catch (error) {
      if (!isAway(error)) throw error;
    }
  }

  private get ofUser(): string {
    return `/users/${encodeURIComponent(this.options.user)}/meetings`;
  }

  private async find(key: string): Promise<MeetingRoom | undefined> {
    let page = '';
    for (let count = 0; count < MOST_PAGES; count++) {
      const query = new URLSearchParams({ type: 'upcoming', page_size: '300', ...(page && { next_page_token: page }) });
      const answer = parse(listAnswer, await this.call({ method: 'GET', path: `${this.ofUser}?${query}` }));
      const found = answer.meetings.find(({ agenda }) => agenda === key);
      if (found) return roomOf(found);
      page = answer.next_page_token ?? '';
      if (!page) break;
    }
    return undefined;
  }

  private call(request: Request, limits: CallLimits = {}): Promise<unknown> {
    const perform = async (signal: AbortSignal): Promise<unknown> => {
      const isOld = this.token !== undefined;
      try {
        return await this.ask(request, signal);
      } catch (error) {
        // A token may end before its time, when the app's secret was changed.
        if (!isOld || !(error instanceof OutsideError) || error.facts.status !== 401) throw error;
        this.token = undefined;
        return this.ask(request, signal);
      }
    };
    return callOutside(SERVICE, perform, { ...this.options.limits, ...limits });
  }

  private async ask({ method, path, body }: Request, signal: AbortSignal): Promise<unknown> {
    const headers = { authorization: `Bearer ${await this.accessToken(signal)}`, 'content-type': 'application/json' };
    return answerOf(
      await fetch(`${this.options.baseUrl}${path}`, {
        method,
        headers,
        signal,
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  }

  private async accessToken(signal: AbortSignal): Promise<string> {
    if (this.token && this.token.endsAt > Date.now()) return this.token.value;
    const { accountId, clientId, clientSecret, tokenUrl } = this.options;
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      signal,
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: accountId }),
    });
    const isRefused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    if (isRefused) throw new OutsideError(SERVICE, 'CREDENTIALS', { status: answer.status });
    const { access_token: value, expires_in: seconds } = parse(tokenAnswer, await answerOf(answer));
    this.token = { value, endsAt: Date.now() + seconds * 1_000 - RENEWED_BEFORE_MS };
    return value;
  }
}

function bodyOf({ key, title: topic, startsAt, endsAt }: Meeting): object {
  return {
    topic,
    agenda: key,
    // A scheduled meeting.
    type: 2,
    start_time: `${startsAt.toISOString().slice(0, 19)}Z`,
    duration: Math.ceil((endsAt.getTime() - startsAt.getTime()) / 60_000),
    timezone: 'UTC',
    // Neither of the two is its host.
    settings: { join_before_host: true, jbh_time: 0, waiting_room: false },
  };
}

function roomOf({ id, join_url: url }: z.infer<typeof meetingAnswer>): MeetingRoom {
  return { id: String(id), url };
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parseJson(text);
  if (response.ok) return body;
  const code: unknown = Reflect.get(Object(body), 'code');
  throw new OutsideError(SERVICE, reasonOfStatus(response.status), {
    status: response.status,
    ...(typeof code === 'number' && { detail: `code ${code}` }),
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
  });
}

function parse<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new OutsideError(SERVICE, 'UNAVAILABLE', { detail: 'unexpected answer' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAway(error: unknown): boolean {
  return error instanceof OutsideError && (error.reason === 'NOT_FOUND' || error.reason === 'GONE');
}
