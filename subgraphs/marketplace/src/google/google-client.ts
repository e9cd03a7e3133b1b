import { calendar, type calendar_v3 } from '@googleapis/calendar';
import { type CallLimits, callOutside } from '@tutorgraph/kit/outside/outside-call';
import { OutsideError, reasonOfStatus, retryAfterMs } from '@tutorgraph/kit/outside/outside-error';
import { gaxios, JWT, type OAuth2Client } from 'google-auth-library';

/** Where Google is; its own addresses unless given. */
export interface GoogleAddresses {
  /** The Calendar API. @default https://www.googleapis.com */
  calendarUrl?: string | undefined;
  /** Where access tokens are issued. @default https://oauth2.googleapis.com/token */
  tokenUrl?: string | undefined;
}

/** A service account of ours, and for which user of the Workspace it acts. */
export interface ServiceAccount {
  email: string;
  /** PEM. */
  privateKey: string;
  /** The user in whose calendar it works, by domain-wide delegation. */
  subject: string;
}

/** The API of one calendar, as this room uses it. */
export type CalendarApi = calendar_v3.Calendar;
/** An event as Google keeps it. */
export type GoogleEvent = calendar_v3.Schema$Event;

const SERVICE = 'Google Calendar';
const OWN_TOKEN_URL = 'https://oauth2.googleapis.com/token';
/** All that we do: events of calendars, and when somebody is busy. */
const SCOPES = ['https://www.googleapis.com/auth/calendar.events', 'https://www.googleapis.com/auth/calendar.freebusy'];
/** Google's words in a 403 that mean too many requests. */
const LIMITS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'dailyLimitExceeded',
  'quotaExceeded',
  'calendarLimitsExceeded',
]);

/**
 * What sends requests of Google's libraries: over Node's own fetch, without the libraries' retries (`callOutside` bounds
 * them), and asks for tokens where `addresses` say.
 */
export function googleTransport(addresses: GoogleAddresses): gaxios.Gaxios {
  const transporter = new gaxios.Gaxios({ fetchImplementation: fetch, timeout: 5_000 });
  transporter.interceptors.request.add({
    resolved: async (request) => {
      if (addresses.tokenUrl && request.url.href === OWN_TOKEN_URL) request.url = new URL(addresses.tokenUrl);
      // The token request brings a configuration of its own.
      request.retry = false;
      request.retryConfig = { retry: 0, noResponseRetries: 0 };
      return request;
    },
  });
  return transporter;
}

/** Signs in as a service account. */
export function serviceAccountAuth(account: ServiceAccount, addresses: GoogleAddresses): JWT {
  return new JWT({
    email: account.email,
    key: account.privateKey,
    subject: account.subject,
    scopes: SCOPES,
    transporter: googleTransport(addresses),
  });
}

/** The Calendar API on behalf of whoever `auth` signs in: a service account, or a person who connected their calendar. */
export class GoogleClient {
  private readonly api: CalendarApi;

  constructor(
    private readonly auth: OAuth2Client,
    addresses: GoogleAddresses,
    private readonly limits: CallLimits = {},
  ) {
    const { calendarUrl } = addresses;
    this.api = calendar({ version: 'v3', auth, ...(calendarUrl && { rootUrl: calendarUrl }) });
  }

  /**
   * Asks Google, within bounds.
   *
   * @param ask one request; pass the options on
   * @throws OutsideError
   */
  call<Result>(
    ask: (api: CalendarApi, options: { signal: AbortSignal }) => Promise<{ data: Result }>,
  ): Promise<Result> {
    let renewed = false;
    const perform = async (signal: AbortSignal): Promise<Result> => {
      try {
        return (await ask(this.api, { signal })).data;
      } catch (error) {
        const failure = readGoogleFailure(error);
        if (renewed || !isEndedToken(failure)) throw failure;
      }
      // A token may end before its time; the libraries renew it only when that is over.
      renewed = true;
      this.auth.setCredentials({ ...this.auth.credentials, expiry_date: 1 });
      return perform(signal);
    };
    return callOutside(SERVICE, perform, this.limits);
  }
}

function isEndedToken(failure: unknown): boolean {
  return failure instanceof OutsideError && failure.facts.status === 401 && failure.facts.detail === 'authError';
}

/** What an error of Google's libraries means; an error without an answer stays as it is. */
export function readGoogleFailure(error: unknown): unknown {
  const response: unknown = Reflect.get(Object(error), 'response');
  const status = Number(Reflect.get(Object(response), 'status')) || 0;
  if (!status) return error;
  const { detail, isTokenAnswer } = wordOf(Reflect.get(Object(response), 'data'));
  const headers: unknown = Reflect.get(Object(response), 'headers');
  const after = headers instanceof Headers ? retryAfterMs(headers.get('retry-after')) : undefined;
  const facts = { status, detail, retryAfterMs: after };
  if (detail && LIMITS.has(detail)) return new OutsideError(SERVICE, 'RATE_LIMITED', facts);
  // The token endpoint says 400 to a key or a grant that is none any longer.
  if (isTokenAnswer && status < 500 && status !== 429) return new OutsideError(SERVICE, 'CREDENTIALS', facts);
  return new OutsideError(SERVICE, reasonOfStatus(status), facts);
}

/** Google's word for a failure: `{ error: 'invalid_grant' }` of OAuth, `{ error: { errors: [{ reason }] } }` of the API. */
function wordOf(data: unknown): { detail?: string; isTokenAnswer: boolean } {
  const error: unknown = Reflect.get(Object(data), 'error');
  if (typeof error === 'string') return { detail: plain(error), isTokenAnswer: true };
  const errors: unknown = Reflect.get(Object(error), 'errors');
  const reason: unknown = Array.isArray(errors) ? Reflect.get(Object(errors[0]), 'reason') : undefined;
  return { ...(typeof reason === 'string' && { detail: plain(reason) }), isTokenAnswer: false };
}

/** Only what can be a code: words of the other side may repeat what was asked. */
function plain(word: string): string {
  return /^\w{1,60}$/.test(word) ? word : 'unknown';
}
