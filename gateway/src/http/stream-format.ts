import type { GraphQLFormattedError } from 'graphql';

/** How an answer that goes on is written, message after message. */
export interface StreamFormat {
  readonly contentType: string;
  /** Sent with the headers, so that the client and all on the way see that the answer has begun. */
  readonly opening: string;
  /** Breaks silence, so that nobody on the way takes the connection for dead; empty where the format has none. */
  readonly heartbeat: string;
  /** In milliseconds. */
  readonly heartbeatEveryMs: number;
  /** After it nothing comes. */
  readonly completion: string;
  /** @param json a result in UTF-8  @param cursor its position, when it has one */
  result(json: Buffer, cursor: string | undefined): Buffer;
  /** Why nothing comes any more, completion included. */
  failure(errors: readonly GraphQLFormattedError[]): string;
  /** What is said last when the gateway stops: the client should come back, here or elsewhere. */
  farewell(parting: Parting): string;
}

/** When and where a client goes on that was told to leave. */
export interface Parting {
  /** Other for each client, so that not all come back at the same moment. */
  comeBackAfterMs: number;
  /** The last position that it was given. */
  cursor: string | undefined;
  requestId: string;
}
