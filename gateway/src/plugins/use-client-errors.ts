import type { Socket } from 'node:net';
import { newId } from '@tutorgraph/kit/database/id';
import type { FastifyServerOptions } from 'fastify';
import { GraphQLError } from 'graphql';
import { presentError } from '../errors/present-error.js';

const REFUSALS: Readonly<Record<string, { status: string; code: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'HEADERS_TOO_LARGE',
    message: 'The headers are too large; send fewer cookies, and long queries by POST',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: '408 Request Timeout',
    code: 'REQUEST_TIMEOUT',
    message: 'The request did not come to its end in time; send it again',
  },
};
const MALFORMED = { status: '400 Bad Request', code: 'BAD_REQUEST', message: 'This is no HTTP request' };

/** The option of Fastify by which what is no request, or has too large headers, is answered as any other refusal. */
export const clientErrorOption = {
  clientErrorHandler(error: Error & { code?: string }, socket: Socket) {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const { status, code, message } = REFUSALS[error.code ?? ''] ?? MALFORMED;
    const refusal = new GraphQLError(message, { extensions: { code } });
    const body = JSON.stringify({ errors: [presentError(refusal, newId(), () => {})] });
    const head = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`;
    socket.end(`HTTP/1.1 ${status}\r\n${head}\r\nconnection: close\r\n\r\n${body}`);
  },
} satisfies Pick<FastifyServerOptions, 'clientErrorHandler'>;
