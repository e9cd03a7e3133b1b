import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { presentError } from './present-error.js';

/** In UTF-8 no character has more. */
const BYTES_OF_A_CHARACTER = 3;

/** Has a text more bytes than that? Most are so short that one need not count. */
export function isLargerThan(text: string, bytes: number): boolean {
  return text.length * BYTES_OF_A_CHARACTER > bytes && Buffer.byteLength(text) > bytes;
}

/** What is said instead of an answer that is too large. What a mutation changed stays changed. */
export function tooLarge(limit: number, requestId: string): { errors: GraphQLFormattedError[] } {
  const message = `The answer has more than ${limit} bytes: ask for shorter pages or fewer fields. What a mutation did is done`;
  const error = new GraphQLError(message, {
    extensions: { code: 'RESPONSE_TOO_LARGE', limit: 'responseBytes', most: limit },
  });
  return { errors: [presentError(error, requestId, () => {})] };
}
