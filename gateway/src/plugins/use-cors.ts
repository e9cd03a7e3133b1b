import cors from '@fastify/cors';
import { TIMEOUT_HEADER } from '@tutorgraph/kit/graphql/request-timeout';
import type { FastifyInstance } from 'fastify';
import type { GatewaySettings } from '../settings.js';

/** Lets web pages of the allowed origins use the API; others' browsers keep the answer from them. */
export async function useCors(
  app: FastifyInstance,
  { allowedOrigins }: Pick<GatewaySettings, 'allowedOrigins'>,
): Promise<void> {
  await app.register(cors, {
    origin: allowedOrigins.includes('*') ? '*' : [...allowedOrigins],
    methods: ['GET', 'POST', 'PUT'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'accept-language',
      'apollo-require-preflight',
      'last-event-id',
      'x-request-id',
      TIMEOUT_HEADER,
    ],
    exposedHeaders: ['retry-after', 'x-request-id'],
    maxAge: 600,
  });
}

/**
 * May a page of this origin open a WebSocket, where browsers ask nobody? Programs send no origin and may; so may the
 * gateway's own pages.
 */
export function isAllowedOrigin(
  origin: string | undefined,
  host: string | undefined,
  { allowedOrigins }: Pick<GatewaySettings, 'allowedOrigins'>,
): boolean {
  if (origin === undefined || allowedOrigins.includes('*') || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
