import type { FastifyRequest } from 'fastify';
import type Stripe from 'stripe';
import { z } from 'zod';
import { fields, oneOf, text } from '../http/input.js';
import { list, pageInTime } from '../http/list.js';
import { multipartAsForm } from '../http/multipart.js';
import { StripeError } from '../protocol/stripe-error.js';
import { type Resource, route } from '../resources/resource.js';
import { newId } from '../store/ids.js';

const LARGEST = 5 * 1024 * 1024;
const PURPOSES = [
  'account_requirement',
  'additional_verification',
  'business_icon',
  'business_logo',
  'customer_signature',
  'dispute_evidence',
  'identity_document',
  'tax_document_user_upload',
] as const;

/** What evidence may be, by how its bytes begin. */
const TYPES = [
  ['pdf', Buffer.from('%PDF-')],
  ['png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['jpg', Buffer.from('ffd8ff', 'hex')],
] as const;

/** Uploaded files. Their bytes are looked at, but not kept: nobody can ask Stripe's API for evidence back. */
export const files: Resource = {
  routes: [
    route(
      'POST /v1/files',
      {
        file: fields({ filename: z.string().max(255), content: z.base64url() }),
        purpose: oneOf(PURPOSES),
      },
      ({ tx }, { file, purpose }): Stripe.File => {
        const bytes = Buffer.from(file.content, 'base64url');
        const id = newId('file');
        return tx.put('file', {
          id,
          object: 'file',
          created: tx.now,
          expires_at: null,
          filename: file.filename,
          links: { object: 'list', data: [], has_more: false, url: `/v1/file_links?file=${id}` },
          purpose,
          size: bytes.length,
          title: null,
          type: typeOf(bytes),
          url: null,
        });
      },
    ),
    route('GET /v1/files/:id', {}, ({ tx, path }) => tx.get('file', path['id'] ?? '')),
    route('GET /v1/files', { ...pageInTime, purpose: text.optional() }, (call, { purpose, ...input }) =>
      list(call, 'file', input, (file) => purpose === undefined || file.purpose === purpose),
    ),
  ],
  register(app) {
    const options = { parseAs: 'buffer', bodyLimit: 2 * LARGEST } as const;
    app.addContentTypeParser('multipart/form-data', options, (request: FastifyRequest, body: Buffer) =>
      multipartAsForm(request.headers['content-type'] ?? '', body),
    );
  },
};

function typeOf(bytes: Buffer): string {
  const refuse = (message: string) => new StripeError(400, 'invalid_request_error', message, { param: 'file' });
  if (bytes.length === 0) throw refuse('The file you uploaded is empty.');
  if (bytes.length > LARGEST) throw refuse('The file you uploaded is too large: the limit is 5 MB.');
  const known = TYPES.find(([, start]) => bytes.subarray(0, start.length).equals(start));
  if (!known) throw refuse('The file you uploaded is of a type that is not supported: use PDF, JPEG or PNG.');
  return known[0];
}
