/** The facts of a provider's refusal without its words, which may repeat the address or the text. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';

  /**
   * @param status of HTTP
   * @param code the provider's word for it, if it gave one that is a mere word
   */
  constructor(
    readonly status: number,
    readonly code?: string | undefined,
  ) {
    super(code ? `HTTP ${status}, ${code}` : `HTTP ${status}`);
  }
}

/** Only what can be a code: a provider's words may repeat what it was asked. */
export function plainCode(word: unknown): string | undefined {
  return typeof word === 'string' && /^\w{1,60}$/.test(word) ? word : undefined;
}
