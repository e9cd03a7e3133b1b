import type { FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { identify, type VerifyToken } from '../requests/authentication.js';

/** Options of authentication. */
export interface AuthenticationOptions {
  /** Proves access tokens; without it they are passed on to the subgraphs unread. */
  verify: VerifyToken | undefined;
}

/** Refuses a request whose access token proves nothing with 401; one without a token goes on as anonymous. */
export function useAuthentication({ verify }: AuthenticationOptions): preHandlerAsyncHookHandler {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    await identify(request.headers.authorization, verify);
  };
}
