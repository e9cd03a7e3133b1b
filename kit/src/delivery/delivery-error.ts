/**
 * Why a message was not taken over:
 * - `DELIVERY_REFUSED`: this message to this person will never be taken; trying again is of no use.
 * - `DELIVERY_UNAVAILABLE`: the other side cannot take it now (or does not know us: settings are wrong); try again later.
 */
export type DeliveryErrorCode = 'DELIVERY_REFUSED' | 'DELIVERY_UNAVAILABLE';

/**
 * A message was not taken over. Neither it nor its cause holds the address, the text or what the other side answered in
 * words, for that may repeat them: it may be logged.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';

  constructor(
    readonly code: DeliveryErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** May a later try succeed? */
  get isTemporary(): boolean {
    return this.code === 'DELIVERY_UNAVAILABLE';
  }
}
