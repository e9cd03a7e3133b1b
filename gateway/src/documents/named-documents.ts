import { hash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { type DocumentSource, sentDocuments } from '../operations/document-source.js';
import { OperationRefused } from '../operations/operation-refused.js';
import type { OperationRequest } from '../operations/operation-request.js';
import { persistedHash } from './document-id.js';
import type { PersistedQueries } from './persisted-queries.js';
import type { TrustedDocuments } from './trusted-documents.js';

/** Which documents can be named instead of sent. */
export interface NamedDocumentsOptions {
  trusted: TrustedDocuments | undefined;
  /** Nothing but these is let in. */
  onlyTrusted: boolean;
  persisted: PersistedQueries | undefined;
}

/**
 * Takes documents as they are sent, or by name: a trusted one's id in `documentId` (GraphQL over HTTP, appendix Persisted
 * Documents) or in `extensions.persistedQuery.sha256Hash`, or there the hash of one that a client has registered.
 */
export class NamedDocuments implements DocumentSource {
  constructor(private readonly options: NamedDocumentsOptions) {}

  find(request: OperationRequest): string | Promise<string> {
    const { documentId, query } = request;
    const sha256 = persistedHash(request);
    if (query) {
      if (documentId) throw refusal('Send "query" or "documentId", not both', 'BAD_REQUEST');
      return this.sent(query, sha256);
    }
    const id = documentId || sha256;
    if (!id) return sentDocuments.find(request);
    const trusted = this.options.trusted?.find(id);
    if (trusted !== undefined) return trusted;
    if (this.options.onlyTrusted) throw notTrusted();
    if (documentId || !sha256) throw refusal('No document has this id; send it as "query"', 'DOCUMENT_NOT_FOUND');
    return this.registered(sha256);
  }

  private sent(query: string, sha256: string | undefined): string {
    const { onlyTrusted, trusted } = this.options;
    if (!onlyTrusted && sha256 === undefined) return query;
    const actual = hash('sha256', query);
    if (sha256 !== undefined && sha256 !== actual) {
      throw refusal('The hash is not that of the document in "query"', 'PERSISTED_QUERY_HASH_MISMATCH');
    }
    if (onlyTrusted && !trusted?.hasText(actual)) throw notTrusted();
    return query;
  }

  private async registered(sha256: string): Promise<string> {
    const { persisted } = this.options;
    // The messages are of the protocol: clients look for them, and send the document itself then.
    if (!persisted) throw answered('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');
    const text = await persisted.find(sha256);
    if (text === undefined) throw answered('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
    return text;
  }
}

function notTrusted(): GraphQLError {
  const message = 'Only documents of the published list are let in: add yours to it, or send the id of one in it';
  return refusal(message, 'DOCUMENT_NOT_TRUSTED');
}

/** A part of the protocol and no failure: it has the status of an answer. */
function answered(message: string, code: string): OperationRefused {
  return new OperationRefused([refusal(message, code)], 200);
}

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
