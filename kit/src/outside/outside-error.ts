/**
 * Why an outside service did not do what it was asked:
 * - `CREDENTIALS`: it does not accept our account, or that account may not do this; settings are wrong.
 * - `REFUSED`: it does not accept this request; asking again is of no use.
 * - `NOT_FOUND`, `GONE`, `CONFLICT`: what the request is about is not there, not there any longer, or there already.
 * - `RATE_LIMITED`, `UNAVAILABLE`: it cannot do it now; later it may.
 */
export type OutsideReason =
  | 'CREDENTIALS'
  | 'REFUSED'
  | 'NOT_FOUND'
  | 'GONE'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE';

/** What is known of a failure beside its reason. */
export interface OutsideFacts {
  /** The HTTP status, if there was an answer. */
  status?: number | undefined;
  /** The service's own word for it, such as `invalid_grant`; never a sentence, which may repeat what was asked. */
  detail?: string | undefined;
  /** How long the service asks to be left alone, in milliseconds. */
  retryAfterMs?: number | undefined;
}

/**
 * An outside service did not do what it was asked. Neither this nor its cause holds what was asked or answered, nor any
 * secret: it may be logged and shown to staff.
 */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';

  constructor(
    /** Who was asked, such as `Google Calendar`. */
    readonly service: string,
    readonly reason: OutsideReason,
    readonly facts: OutsideFacts = {},
  ) {
    const { status, detail } = facts;
    super([`${service}: ${reason}`, ...(status ? [`HTTP ${status}`] : []), ...(detail ? [detail] : [])].join(', '));
  }

  /** May a later try succeed without anybody changing anything? */
  get isTemporary(): boolean {
    return this.reason === 'RATE_LIMITED' || this.reason === 'UNAVAILABLE';
  }
}

/** Is what a request was about not there, or not any longer? */
export function isAway(error: unknown): boolean {
  return error instanceof OutsideError && (error.reason === 'NOT_FOUND' || error.reason === 'GONE');
}

/** The reason that lies in an HTTP status alone. */
export function reasonOfStatus(status: number): OutsideReason {
  if (status === 401 || status === 403) return 'CREDENTIALS';
  if (status === 404) return 'NOT_FOUND';
  if (status === 409) return 'CONFLICT';
  if (status === 410) return 'GONE';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 500 || status === 408 ? 'UNAVAILABLE' : 'REFUSED';
}

/** Milliseconds of a `Retry-After` header, in either of its forms. */
export function retryAfterMs(header: string | null | undefined, now = Date.now()): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}
