import { eventStream } from './event-stream.js';
import type { AnswerKind } from './media-types.js';
import { multipartDefer, multipartSubscription } from './multipart.js';
import type { StreamFormat } from './stream-format.js';

/** How the answer to a request may be sent, whatever operation it turns out to hold. */
export interface AnswerKinds {
  /** A whole result. */
  whole: AnswerKind;
  /** The results of a subscription; undefined when the client accepts no stream. */
  subscription: StreamFormat | undefined;
  /** A result whose parts come later; undefined when the client wants it whole. */
  incremental: StreamFormat | undefined;
}

const WHOLE = new Set<AnswerKind>(['graphql-response', 'json', 'event-stream']);

/** @param accepted what the client accepts, the most wanted first */
export function answerKinds(accepted: readonly AnswerKind[]): AnswerKinds {
  return {
    whole: accepted.find((kind) => WHOLE.has(kind)) ?? 'json',
    subscription: firstOf(accepted, { 'event-stream': eventStream, 'multipart-subscription': multipartSubscription }),
    incremental: firstOf(accepted, { 'event-stream': eventStream, 'multipart-defer': multipartDefer }),
  };
}

function firstOf(
  accepted: readonly AnswerKind[],
  formats: Partial<Record<AnswerKind, StreamFormat>>,
): StreamFormat | undefined {
  const kind = accepted.find((one) => formats[one]);
  return kind && formats[kind];
}
