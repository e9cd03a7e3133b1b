/** Why a supergraph may not take over. */
export const REFUSALS = [
  /** It could not be read: the file or address does not answer, or it is too big. */
  'unavailable',
  /** Its signature is missing or of another text. */
  'unsigned',
  /** It is older than the one that runs. */
  'older',
  /** It is no supergraph. */
  'invalid',
  /** A subgraph has no address, or a new address does not answer. */
  'unreachable',
  /** An operation that clients ask for cannot be planned in it. */
  'unplannable',
] as const;

/** Why a supergraph did not take over. */
export type Refusal = (typeof REFUSALS)[number];

/** These may be well at the next look, although the text is the same. */
const PASSING: ReadonlySet<Refusal> = new Set(['unavailable', 'unsigned', 'unreachable']);

/** A supergraph did not take over. */
export class SupergraphRefused extends Error {
  override readonly name = 'SupergraphRefused';

  constructor(
    readonly refusal: Refusal,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }

  /** May the same text be taken later? */
  get mayPass(): boolean {
    return PASSING.has(this.refusal);
  }
}
