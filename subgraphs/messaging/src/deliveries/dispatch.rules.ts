import type { Contact } from '../accounts/contacts.js';
import type { OutsideChannel } from '../channels/channel.rules.js';
import type { Notification } from '../notifications/notification.entity.js';
import { quietUntil } from '../preferences/quiet-hours.rules.js';
import type { DeliveryReason } from './delivery.rules.js';
import { type PersonSettings, switchKey } from './plan.rules.js';

/** What is to be done about a delivery whose time has come. */
export type Verdict = { kind: 'send' } | { kind: 'drop'; reason: DeliveryReason } | { kind: 'postpone'; until: Date };

/** Much may have changed since a delivery was planned: it is looked at again before it is sent. */
export function judge(
  notification: Notification,
  channel: OutsideChannel,
  person: { contact: Contact | undefined; settings: PersonSettings },
  now: Date,
): Verdict {
  const { contact, settings } = person;
  const { urgency, type, expiresAt } = notification;
  if (!contact) return { kind: 'drop', reason: 'NO_ACCOUNT' };
  if (notification.deletedAt) return { kind: 'drop', reason: 'DELETED' };
  if (notification.readAt) return { kind: 'drop', reason: 'READ' };
  if (expiresAt && expiresAt <= now) return { kind: 'drop', reason: 'EXPIRED' };
  if (urgency === 'CRITICAL') return { kind: 'send' };
  if (settings.switches.get(switchKey(type, channel)) === false) return { kind: 'drop', reason: 'SWITCHED_OFF' };
  const until = settings.quietHours ? quietUntil(now, settings.quietHours, contact.timeZone) : now;
  return until > now ? { kind: 'postpone', until } : { kind: 'send' };
}
