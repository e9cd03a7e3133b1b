/**
 * Why a message was not taken over:
 * - `DELIVERY_REFUSED`: this message to this person will never be taken; trying again is of no use.
 * - `DELIVERY_UNAVAILABLE`: the other side cannot take it now (or does not know us: settings are wrong); try again later.
 */
export type DeliveryErrorCode = 'DELIVERY_REFUSED' | 'DELIVERY_UNAVAILABLE';

/** Why a message will never be taken. */
export const refusalReasons = [
  'NO_ADDRESS',
  'NO_DEVICE',
  'NO_CHANNEL',
  'HARD_BOUNCE',
  'SUPPRESSED',
  'BLOCKED_BY_USER',
  'REFUSED',
] as const;
/**
 * NO_ADDRESS, NO_DEVICE: the person has none that is proven; NO_CHANNEL: this installation has no such channel; HARD_BOUNCE:
 * the address does not exist; SUPPRESSED: it did not at an earlier time; BLOCKED_BY_USER: the person wants no messages
 * there; REFUSED: anything else that is about this message or address.
 */
export type RefusalReason = (typeof refusalReasons)[number];

/** What is known of a failure besides its code. */
export interface DeliveryErrorOptions extends ErrorOptions {
  /** Of a refusal. @default REFUSED */
  reason?: RefusalReason;
  /** When the other side wants to be asked again, in seconds from now. */
  retryAfterSeconds?: number | undefined;
}

/**
 * A message was not taken over. Neither it nor its cause holds the address, the text or what the other side answered in
 * words, for that may repeat them: it may be logged.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  /** Why it will never be taken; UNAVAILABLE when it may be later. */
  readonly reason: RefusalReason | 'UNAVAILABLE';
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: DeliveryErrorCode,
    message: string,
    { reason = 'REFUSED', retryAfterSeconds, ...options }: DeliveryErrorOptions = {},
  ) {
    super(message, options);
    this.reason = code === 'DELIVERY_REFUSED' ? reason : 'UNAVAILABLE';
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** May a later try succeed? */
  get isTemporary(): boolean {
    return this.code === 'DELIVERY_UNAVAILABLE';
  }
}

/** A message that will never be taken. */
export function refused(reason: RefusalReason, message: string, options: ErrorOptions = {}): DeliveryError {
  return new DeliveryError('DELIVERY_REFUSED', message, { ...options, reason });
}

/** A message that may be taken later. */
export function unavailable(message: string, options: Omit<DeliveryErrorOptions, 'reason'> = {}): DeliveryError {
  return new DeliveryError('DELIVERY_UNAVAILABLE', message, options);
}
