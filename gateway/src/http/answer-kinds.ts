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

const known = new WeakMap<readonly AnswerKind[], AnswerKinds>();

/** @param accepted what the client accepts, the most wanted first; what follows from a list is worked out once */
export function answerKinds(accepted: readonly AnswerKind[]): AnswerKinds {
  const remembered = known.get(accepted);
  if (remembered) return remembered;
  const kinds: AnswerKinds = {
    whole: accepted.find((kind) => WHOLE.has(kind)) ?? 'json',
    subscription: firstOf(accepted, { 'event-stream': eventStream, 'multipart-subscription': multipartSubscription }),
    incremental: firstOf(accepted, { 'event-stream': eventStream, 'multipart-defer': multipartDefer }),
  };
  known.set(accepted, kinds);
  return kinds;
}

function firstOf(
  accepted: readonly AnswerKind[],
  formats: Partial<Record<AnswerKind, StreamFormat>>,
): StreamFormat | undefined {
  const kind = accepted.find((one) => formats[one]);
  return kind && formats[kind];
}
