import { GraphQLError } from 'graphql';
import type { OperationRequest } from './operation-request.js';

/** Finds the text of the document that a request means. */
export interface DocumentSource {
  /** @throws GraphQLError or OperationRefused when the request means none that may be used */
  find(request: OperationRequest): string | Promise<string>;
}

/** Takes documents as they are sent. */
export const sentDocuments: DocumentSource = {
  find({ query }) {
    if (query) return query;
    throw new GraphQLError('Send the text of an operation in "query"', { extensions: { code: 'BAD_REQUEST' } });
  },
};
