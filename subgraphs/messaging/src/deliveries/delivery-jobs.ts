import type { EntityManager } from '@mikro-orm/postgresql';
import type { NotificationChannel } from '../notifications/notification.rules.js';

/** Has deliveries of these channels looked for once the transaction has committed. */
export type WakeDeliveries = (tx: EntityManager, channels: readonly NotificationChannel[]) => Promise<void>;
