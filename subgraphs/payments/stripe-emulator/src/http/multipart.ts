import { StripeError } from '../protocol/stripe-error.js';

/**
 * An upload as the form that every other request is, so that it goes through the same authentication and idempotency: of
 * a file, `file[filename]` and `file[content]` in base64url. The boundary, which a client makes anew, is gone.
 */
export async function multipartAsForm(contentType: string, body: Buffer): Promise<string> {
  const form = new URLSearchParams();
  for (const [name, value] of await parts(contentType, body)) {
    if (typeof value === 'string') {
      form.append(name, value);
      continue;
    }
    form.append(`${name}[filename]`, value.name);
    form.append(`${name}[content]`, Buffer.from(await value.arrayBuffer()).toString('base64url'));
  }
  return form.toString();
}

async function parts(contentType: string, body: Buffer): Promise<FormData> {
  try {
    // What browsers call a body's form is read by the platform itself.
    return await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  } catch (cause) {
    const error = new StripeError(400, 'invalid_request_error', 'The body is no multipart form.', { param: 'file' });
    error.cause = cause;
    throw error;
  }
}
