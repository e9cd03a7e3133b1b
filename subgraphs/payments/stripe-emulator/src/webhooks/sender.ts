import { createHmac } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

const TIMEOUT_MS = 20_000;

/** Sends signed events, over connections that are kept. */
export class Sender {
  private readonly http = new HttpAgent({ keepAlive: true });
  private readonly https = new HttpsAgent({ keepAlive: true });

  /**
   * Posts a body, signed.
   *
   * @returns the status of the answer @throws when there is none
   */
  send(url: string, secret: string, body: string): Promise<number> {
    const isSecure = url.startsWith('https:');
    const options = {
      method: 'POST',
      agent: isSecure ? this.https : this.http,
      timeout: TIMEOUT_MS,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'stripe-signature': signature(body, secret, Math.floor(Date.now() / 1_000)),
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
    };
    return new Promise((resolve, reject) => {
      const outgoing = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
        response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0));
        // What an endpoint says besides its status does not matter.
        response.resume();
      });
      outgoing.on('error', reject).on('timeout', () => outgoing.destroy(new Error('The endpoint took too long')));
      outgoing.end(body);
    });
  }

  close(): void {
    this.http.destroy();
    this.https.destroy();
  }
}

/** The header by which an endpoint knows who sent a body, and when. @param now unix seconds */
export function signature(body: string, secret: string, now: number): string {
  return `t=${now},v1=${createHmac('sha256', secret).update(`${now}.${body}`).digest('hex')}`;
}
