import type { IncomingHttpHeaders } from 'node:http';
import { GraphQLError } from 'graphql';
import { OperationRefused } from '../operations/operation-refused.js';

/** Headers that a page of another site cannot send unless its browser has asked us before. */
const ASKED_FIRST = ['apollo-require-preflight', 'x-apollo-operation-name', 'graphql-require-preflight'];
const OWN_SITES = new Set(['same-origin', 'none']);

/**
 * Refuses a GET that a page of another site had a browser send without asking (a link, an image, a form): the browser says
 * so itself in `Sec-Fetch-Site`. Programs send no such header, and a POST is always asked for, as it must be JSON.
 *
 * @throws OperationRefused
 */
export function refuseForgery(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || OWN_SITES.has(String(site))) return;
  if (ASKED_FIRST.some((name) => headers[name])) return;
  throw new OperationRefused(
    [
      new GraphQLError('Send the header "apollo-require-preflight", so that the browser asks before it sends', {
        extensions: { code: 'CSRF_REFUSED' },
      }),
    ],
    403,
  );
}
