import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { varyBy } from '../http/cache-headers.js';
import { type Assets, loadAssets, readPageTemplate } from './assets.js';
import { asksForPage } from './content-negotiation.js';
import type { DemoUser } from './demo-users.js';
import type { ReadyOperation } from './ready-operation.js';

/** Where the playground stands and what it offers. */
export interface PlaygroundOptions {
  /** The path of the GraphQL endpoint, over HTTP and WebSocket alike. */
  readonly endpoint: string;
  /** Whom one may sign in as by a click; none where the demo data is not. */
  readonly demoUsers: readonly DemoUser[] | undefined;
  /** What the journey's list offers; the list is left out when there are none. */
  readonly operations: readonly ReadyOperation[];
}

// No inline script at all, so neither nonce nor hash is needed. The code editor writes style elements at run time.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const YEAR = 31_536_000;

/**
 * Answers browsers that open the endpoint with the playground, and serves what it loads below
 * `<endpoint>/playground/`. All other requests of the endpoint go on to whatever handles GraphQL, which may be
 * registered before or after.
 */
export function registerPlayground(app: FastifyInstance, options: PlaygroundOptions): void {
  const playground = onFirstUse(async () => {
    const assets = await loadAssets();
    return { assets, page: renderPage(await readPageTemplate(), assets, options) };
  });

  // After the onRequest hooks, so that headers for all answers are on this one too; before a GraphQL handler's checks.
  app.addHook('preValidation', async (request, reply) => {
    if (!asksForPage(request, options.endpoint)) return;
    const { page } = await playground();
    return sendPage(request, reply, page);
  });

  app.get<{ Params: { version: string; '*': string } }>(
    `${options.endpoint}/playground/:version/*`,
    async (request, reply) => {
      const { assets } = await playground();
      return sendAsset(request, reply, assets, request.params);
    },
  );
}

interface Page {
  readonly html: string;
  readonly etag: string;
}

function renderPage(template: string, assets: Assets, options: PlaygroundOptions): Page {
  const data = { endpoint: options.endpoint, demoUsers: options.demoUsers ?? [], operations: options.operations };
  // A script element ends at the first `</script`, also inside a JSON text.
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  const html = template
    .replaceAll('{{base}}', `${options.endpoint}/playground/${assets.version}`)
    .replace('"{{data}}"', () => json);
  return { html, etag: `"${createHash('sha256').update(html).digest('hex').slice(0, 32)}"` };
}

function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
  varyBy(guard(reply), 'accept').header('cache-control', 'no-cache').header('etag', page.etag);
  if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(page.html);
}

async function sendAsset(
  request: FastifyRequest,
  reply: FastifyReply,
  assets: Assets,
  { version, '*': path }: { version: string; '*': string },
): Promise<FastifyReply> {
  const asset = version === assets.version ? assets.find(path) : undefined;
  guard(reply);
  if (!asset) return reply.code(404).header('cache-control', 'no-store').type('text/plain').send('Not found: reload\n');
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  varyBy(reply, 'accept-encoding').header('cache-control', `public, max-age=${YEAR}, immutable`).type(asset.type);
  return zipped ? reply.header('content-encoding', 'gzip').send(await asset.gzipped()) : reply.send(asset.content);
}

function guard(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin');
}

/** Runs `make` once, when first asked; a failure is not kept, so that the next visitor tries anew. */
function onFirstUse<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
