import type { Device } from '../../devices/device.entity.js';
import type { OutgoingMessage } from '../channel.js';

/** What a device needs to get a push. */
export type PushTarget = Pick<Device, 'platform' | 'token' | 'p256dh' | 'auth'>;

/** What became of a push to one device: GONE means that the provider knows it no longer, for good. */
export type PushResult = { outcome: 'TAKEN'; providerMessageId?: string | undefined } | { outcome: 'GONE' };

/** Hands pushes to a provider of devices. */
export interface PushSender {
  /** @throws DeliveryError; Error inside an open transaction */
  send(message: OutgoingMessage, device: PushTarget): Promise<PushResult>;
}

/** What an app or a service worker gets beside title and body. */
export function pushData({ deliveryId, url, data }: OutgoingMessage): Record<string, string> {
  return { ...data, deliveryId, ...(url && { url }) };
}
