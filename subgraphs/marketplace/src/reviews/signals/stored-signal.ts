/** What can speak for a review that was not meant honestly. */
export const signalKinds = [
  'SENTIMENT_MISMATCH',
  'BURST',
  'SAME_NETWORK',
  'NEAR_DUPLICATE',
  'ONE_SIDED',
  'CLOSED_PAIR',
] as const;
/** @see signalKinds */
export type SignalKind = (typeof signalKinds)[number];

/** One signal as it is kept: figures only, put into words for whoever reads them. */
export interface StoredSignal {
  kind: SignalKind;
  /** How strong, 0 to 1. */
  score: number;
  /** What the explanation names. */
  facts: Readonly<Record<string, number>>;
}
