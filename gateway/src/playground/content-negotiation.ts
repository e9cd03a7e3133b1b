import type { FastifyRequest } from 'fastify';

/**
 * Whether a GET of the endpoint asks for the page and not for GraphQL: the client accepts HTML, names no GraphQL answer
 * among what it accepts, and sends no operation. Clients that accept anything (`*` + `/*`) are GraphQL clients.
 */
export function asksForPage(request: FastifyRequest, endpoint: string): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [path, search] = request.url.split('?', 2);
  if (path !== endpoint) return false;
  const parameters = new URLSearchParams(search);
  if (parameters.has('query') || parameters.has('extensions')) return false;
  const accepted = acceptedTypes(request.headers.accept ?? '');
  return accepted.has('text/html') && !accepted.has('application/json') && !accepted.has(GRAPHQL_RESPONSE);
}

const GRAPHQL_RESPONSE = 'application/graphql-response+json';

function acceptedTypes(accept: string): Set<string> {
  const types = new Set<string>();
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) types.add(type);
  }
  return types;
}
