import { PublicFetchError, publicPost } from '@tutorgraph/kit/outside/public-fetch';
import type { RequestDetails } from 'web-push';
import type { Urgency } from '../../notifications/notification.rules.js';
import type { OutgoingMessage } from '../channel.js';
import { type DeliveryError, refused, unavailable } from '../delivery-error.js';
import { readRetryAfter } from '../http-call.js';
import { ProviderFailure } from '../provider-failure.js';
import { type PushResult, type PushSender, type PushTarget, pushData } from './push-sender.js';

/** Our keys (VAPID, RFC 8292), and which services we may ask besides those on the public internet. */
export interface WebPushOptions {
  /** Uncompressed point of P-256 in base64url. */
  publicKey: string;
  privateKey: string;
  /** How a push service reaches us: `mailto:` and an address, or a page. */
  subject: string;
  /** Hosts, each with its port, that may lie on our own network, and be asked over HTTP. */
  allowedHosts: readonly string[];
  /** Milliseconds for one push. @default 10000 */
  budgetMs?: number;
}

/** A push service takes no longer body (RFC 8291): this leaves room for what encryption adds. */
const MOST_BYTES = 3000;
const HOUR = 60 * 60;
/** How urgent it is to the push service (RFC 8030), and for how long it keeps it for a device that is off. */
const URGENCIES: Readonly<Record<Urgency, { urgency: 'low' | 'normal' | 'high'; TTL: number }>> = {
  LOW: { urgency: 'low', TTL: 24 * HOUR },
  NORMAL: { urgency: 'normal', TTL: 24 * HOUR },
  HIGH: { urgency: 'high', TTL: 12 * HOUR },
  CRITICAL: { urgency: 'high', TTL: 24 * HOUR },
};

/** Sends pushes to browsers by the service that each of them names (RFC 8030), encrypted for the browser (RFC 8291). */
export class WebPushSender implements PushSender {
  constructor(private readonly options: WebPushOptions) {}

  /** What browsers need to subscribe. */
  get publicKey(): string {
    return this.options.publicKey;
  }

  /** Services on our own network that may be asked. */
  get allowedHosts(): readonly string[] {
    return this.options.allowedHosts;
  }

  async send(message: OutgoingMessage, device: PushTarget): Promise<PushResult> {
    const { body, headers } = await this.encrypt(message, device);
    const { allowedHosts, budgetMs: timeoutMs = 10_000 } = this.options;
    try {
      const answer = await publicPost(device.token, { body, headers, allowedHosts, timeoutMs });
      return readAnswer(answer.status, answer.headers.get('location'), answer.headers.get('retry-after'));
    } catch (error) {
      if (!(error instanceof PublicFetchError)) throw error;
      // The name was public when the device was registered and is not any longer: nobody's browser is there.
      if (error.code === 'ADDRESS_NOT_PUBLIC') return { outcome: 'GONE' };
      const cause = new ProviderFailure(0, error.code);
      throw unavailable('The push service of the browser did not answer; it can be tried again', { cause });
    }
  }

  private async encrypt(message: OutgoingMessage, { token, p256dh, auth }: PushTarget) {
    const { publicKey, privateKey, subject } = this.options;
    const { default: webPush } = await import('web-push');
    let details: RequestDetails;
    try {
      details = webPush.generateRequestDetails(
        { endpoint: token, keys: { p256dh: p256dh ?? '', auth: auth ?? '' } },
        payloadOf(message),
        {
          vapidDetails: { publicKey, privateKey, subject },
          // A repeated delivery takes the place of the one that waits.
          topic: message.deliveryId.replaceAll('-', ''),
          ...URGENCIES[message.urgency],
        },
      );
    } catch (cause) {
      throw refused('REFUSED', 'The push cannot be encrypted for this browser', { cause: plainCause(cause) });
    }
    const headers = Object.entries(details.headers).filter(([name]) => name.toLowerCase() !== 'content-length');
    return {
      body: details.body ?? new Uint8Array(),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    };
  }
}

/** What our service worker gets: JSON, the body cut so that all of it fits. */
function payloadOf(message: OutgoingMessage): string {
  const { title, body, badge } = message;
  const rest = { title, badge, data: pushData(message) };
  const room = MOST_BYTES - Buffer.byteLength(JSON.stringify({ ...rest, body: '' }));
  return JSON.stringify({ ...rest, body: cut(body, room) });
}

function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(JSON.stringify(text)) <= bytes) return text;
  let kept = Array.from(text).slice(0, Math.max(0, bytes));
  while (kept.length > 0 && Buffer.byteLength(JSON.stringify(`${kept.join('')}…`)) > bytes) {
    kept = kept.slice(0, Math.floor(kept.length * 0.9));
  }
  return `${kept.join('')}…`;
}

function readAnswer(status: number, location: string | null, retryAfter: string | null): PushResult {
  if (status >= 200 && status < 300) return { outcome: 'TAKEN', providerMessageId: location?.slice(0, 500) };
  if (status === 404 || status === 410) return { outcome: 'GONE' };
  throw readFailure(status, retryAfter);
}

function readFailure(status: number, retryAfter: string | null): DeliveryError {
  const cause = new ProviderFailure(status);
  if (status === 401) {
    return unavailable(
      'The push service does not accept our keys; correct WEB_PUSH_PUBLIC_KEY and WEB_PUSH_PRIVATE_KEY',
      {
        cause,
      },
    );
  }
  if (status < 500 && status !== 429 && status !== 408) {
    return refused('REFUSED', 'The push service refuses this push for good', { cause });
  }
  const retryAfterSeconds = readRetryAfter(retryAfter);
  return unavailable('The push service does not take the push now; it can be tried again', {
    cause,
    retryAfterSeconds,
  });
}

/** The library's words may hold keys of the browser. */
function plainCause(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : 'unknown');
}
