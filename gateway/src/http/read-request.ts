import { GraphQLError } from 'graphql';
import type { OperationRequest } from '../operations/operation-request.js';

/** @throws GraphQLError BAD_REQUEST when it is no GraphQL request. GraphQL over HTTP, section 5.1. */
export function readParameters(given: unknown): OperationRequest {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw badRequest('Send a JSON object with a "query"');
  }
  const { query, documentId, operationName, variables, extensions } = given as Record<string, unknown>;
  return {
    query: text('query', query),
    documentId: text('documentId', documentId),
    operationName: text('operationName', operationName),
    variables: map('variables', variables),
    extensions: map('extensions', extensions),
  };
}

/** Reads the parameters of a URL, of which `variables` and `extensions` are JSON. @throws GraphQLError BAD_REQUEST */
export function readSearch(url: string): OperationRequest {
  const start = url.indexOf('?');
  const search = new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
  return readParameters({
    query: search.get('query'),
    documentId: search.get('documentId'),
    operationName: search.get('operationName'),
    variables: json('variables', search.get('variables')),
    extensions: json('extensions', search.get('extensions')),
  });
}

function text(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw badRequest(`"${name}" must be a string`);
  return value;
}

function map(name: string, value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw badRequest(`"${name}" must be an object`);
  return value as Record<string, unknown>;
}

function json(name: string, value: string | null): unknown {
  if (!value) return null;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`"${name}" must be JSON`);
  }
}

function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}
