import type { FastifyReply, FastifyRequest } from 'fastify';
import { messagePage, pageHeaders } from './layout.js';

/** How forms of pages are taken: none of them is long. */
export const formOptions = { bodyLimit: 32 * 1_024 };

/** Answers with a page. */
export function sendPage(reply: FastifyReply, markup: string, status = 200): FastifyReply {
  return reply.code(status).headers(pageHeaders).send(markup);
}

/** Answers that there is no such page. */
export function sendMissingPage(reply: FastifyReply): FastifyReply {
  return sendPage(reply, messagePage('Nothing here', 'This page does not exist, or not any longer.'), 404);
}

/** Sends a browser to another page of this server, as a new request. */
export function seeOther(reply: FastifyReply, url: string): FastifyReply {
  return reply
    .code(303)
    .headers({ ...pageHeaders, location: url })
    .send('');
}

/** What a form was sent with; of repeated fields, the last counts. */
export function readForm({ body }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : ''));
}

/** A parameter of a page's path. */
export function pathParameter({ params }: FastifyRequest, name: string): string {
  return (params as Readonly<Record<string, string>>)[name] ?? '';
}
