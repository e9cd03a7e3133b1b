import { GraphQLError } from 'graphql';
import type { OperationRequest } from '../operations/operation-request.js';

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The hash in `extensions.persistedQuery`, as Apollo's clients send it; undefined where there is none.
 *
 * @throws BAD_REQUEST when it is none
 */
export function persistedHash({ extensions }: OperationRequest): string | undefined {
  const persisted = extensions?.['persistedQuery'];
  if (persisted === undefined || persisted === null) return undefined;
  const { version, sha256Hash } = Object(persisted) as Record<string, unknown>;
  if (version === 1 && typeof sha256Hash === 'string' && SHA256.test(sha256Hash)) return sha256Hash;
  const message = 'Send "extensions.persistedQuery" with the version 1 and the SHA-256 of the document in hexadecimal';
  throw new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
