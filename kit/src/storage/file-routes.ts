import { Readable } from 'node:stream';
import cors from '@fastify/cors';
import send from '@fastify/send';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DiskStorage } from './disk-storage.js';
import type { FileSignatures } from './file-signatures.js';
import { isObjectKey } from './guarded-storage.js';

/** Where the routes are, below the origin of whoever serves them. */
export const FILES_PATH = '/files';

/** What serves a folder's files over HTTP. */
export interface FileRoutesOptions {
  disk: DiskStorage;
  signatures: FileSignatures;
  /** Let pages of any origin in. Leave it out where the server decides that for all its routes. @default false */
  anyOrigin?: boolean;
}

type FileRequest = FastifyRequest<{ Params: { '*': string } }>;

const query = z.object({
  expires: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number),
  signature: z.string().max(100),
  name: z.string().max(500).optional(),
});

/**
 * Adds `PUT` and `GET` of `/files/<key>` for whoever has a signed URL. Nothing else is asked: no cookie and no token has a
 * meaning here, so that a page of another origin can do no more than its URL says.
 */
export async function registerFileRoutes(app: FastifyInstance, options: FileRoutesOptions): Promise<void> {
  await app.register(
    async (files) => {
      if (options.anyOrigin) await files.register(cors, { origin: '*', methods: ['GET', 'PUT'], maxAge: 600 });
      // The body goes to the disk as it comes in; nothing parses it.
      files.removeAllContentTypeParsers();
      files.addContentTypeParser('*', (_request, _payload, done) => done(null));
      files.addHook('onRequest', async (_request, reply) => {
        reply.headers({
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'cross-origin',
        });
      });
      files.put('/*', (request: FileRequest, reply) => receive(request, reply, options));
      files.get('/*', (request: FileRequest, reply) => offer(request, reply, options));
    },
    { prefix: FILES_PATH },
  );
}

async function receive(request: FileRequest, reply: FastifyReply, { disk, signatures }: FileRoutesOptions) {
  const { '*': key } = request.params;
  const asked = query.safeParse(request.query);
  const { 'content-length': length, 'content-type': contentType = '' } = request.headers;
  if (length === undefined) return refuse(reply, 411, 'LENGTH_REQUIRED', 'Say the size of the file in Content-Length');
  const size = Number(length);
  if (!asked.success || !isObjectKey(key)) return refuseSignature(reply);
  const { expires, signature } = asked.data;
  if (!signatures.allows({ method: 'PUT', key, contentType, size, expires }, signature)) return refuseSignature(reply);
  try {
    await disk.put(key, Readable.from(exactly(request.raw, size)), { contentType });
  } catch (error) {
    if (!request.raw.readableAborted && !(error instanceof IncompleteBodyError)) throw error;
    return refuse(reply, 400, 'INCOMPLETE', 'The file did not arrive whole; send it again');
  }
  return reply.code(200).header('cache-control', 'no-store').send();
}

async function offer(request: FileRequest, reply: FastifyReply, { disk, signatures }: FileRoutesOptions) {
  const { '*': key } = request.params;
  const asked = query.safeParse(request.query);
  if (!asked.success || !isObjectKey(key)) return refuseSignature(reply);
  const { expires, signature, name } = asked.data;
  if (!signatures.allows({ method: 'GET', key, downloadName: name, expires }, signature)) return refuseSignature(reply);
  const found = await disk.head(key);
  if (!found) return refuse(reply, 404, 'NOT_FOUND', 'There is no such file');
  const file = await send(request.raw, key, {
    root: disk.objects,
    index: false,
    contentType: false,
    cacheControl: false,
  });
  const secondsLeft = Math.max(0, expires - Math.floor(Date.now() / 1000));
  return reply
    .code(file.statusCode)
    .headers(file.headers)
    .header('content-type', found.contentType)
    .header('content-disposition', name === undefined ? 'inline' : contentDisposition(name))
    .header('cache-control', `private, max-age=${secondsLeft}`)
    .send(file.stream);
}

class IncompleteBodyError extends Error {
  override readonly name = 'IncompleteBodyError';
}

async function* exactly(body: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of body) {
    received += chunk.byteLength;
    yield chunk;
  }
  if (received !== size) throw new IncompleteBodyError(`${received} of ${size} bytes arrived`);
}

function refuseSignature(reply: FastifyReply) {
  const message = 'This address is wrong or has expired, or the file is not what it was signed for; ask for a new one';
  return refuse(reply, 403, 'FORBIDDEN', message);
}

function refuse(reply: FastifyReply, status: number, code: string, message: string) {
  return reply.code(status).header('cache-control', 'no-store').send({ code, message });
}
