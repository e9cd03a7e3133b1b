/** A text as it was published. */
export interface PublishedText {
  bytes: Buffer;
  /** Its Ed25519 signature in base64, as it was found beside it. */
  signature: string | undefined;
}

/** A supergraph as it was published. */
export interface PublishedSupergraph {
  supergraph: PublishedText;
  /** Which of its subscriptions are the same for everybody, `broadcasts.json` beside it. */
  broadcasts: PublishedText | undefined;
}

/** Where supergraphs are published. */
export interface SupergraphSource {
  /** Names it to whoever operates the gateway. */
  readonly name: string;
  /**
   * What is there now.
   *
   * @returns undefined when it is what was read last
   * @throws SupergraphRefused when it cannot be read
   */
  read(): Promise<PublishedSupergraph | undefined>;
  /** The next reading gives what is there even if nothing has changed. */
  forget(): void;
  /** Calls whenever something may have changed, where that can be told. @returns how to end that */
  watch(onChange: () => void): () => void;
}

/** A supergraph's signature and what it broadcasts lie beside it. */
export const SIGNATURE_SUFFIX = '.sig';
export const BROADCASTS_FILE = 'broadcasts.json';
