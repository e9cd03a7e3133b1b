import type { RequestMetadata } from '@tutorgraph/kit/graphql/context';

/**
 * What the gateway tells a subgraph of a request, as HTTP headers or connection parameters.
 *
 * @param gatewayToken proves that the gateway says so; without it a subgraph does not believe the client's address
 */
export function forwardedHeaders(metadata: RequestMetadata, gatewayToken: string | undefined): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': metadata.requestId };
  if (metadata.authorization) headers.authorization = metadata.authorization;
  if (metadata.acceptLanguage) headers['accept-language'] = metadata.acceptLanguage;
  if (metadata.userAgent) headers['user-agent'] = metadata.userAgent;
  if (metadata.clientAddress) headers['x-forwarded-for'] = metadata.clientAddress;
  if (metadata.traceparent) headers.traceparent = metadata.traceparent;
  if (gatewayToken) headers['x-gateway-token'] = gatewayToken;
  return headers;
}
