import { type NotificationChannel, notificationChannels, type Urgency } from '../notifications/notification.rules.js';
import { nextMorning, type QuietSpan, quietUntil } from '../preferences/quiet-hours.rules.js';
import type { DigestMode } from './delivery.rules.js';

/** How somebody wants to be told. What is not in it is as the catalogue says. */
export interface PersonSettings {
  /** What was decided on a type and a channel, by {@link switchKey}. */
  switches: ReadonlyMap<string, boolean>;
  quietHours: QuietSpan | null;
  digests: ReadonlyMap<NotificationChannel, DigestMode>;
}

/** What decides on the channels of a notification. */
export interface Plannable {
  type: string;
  urgency: Urgency;
  /** The catalogue's for the type, or the sender's choice. */
  channels: readonly NotificationChannel[];
  /** An IANA name, such as `Europe/Riga`. */
  timeZone: string;
  /** The channels are a sender's choice: those that the person switched on besides are not used. @default false */
  isForced?: boolean;
}

/** A way that a notification goes, and when. */
export interface PlannedDelivery {
  channel: NotificationChannel;
  dueAt: Date;
  /** It goes with what else is collected until then. */
  inDigest: boolean;
}

const HOUR_MS = 60 * 60 * 1000;

/** The key of a switch. */
export function switchKey(type: string, channel: NotificationChannel): string {
  return `${type} ${channel}`;
}

/** Over which channels somebody is told, in their order; none when everything is switched off. */
export function channelsFor(notification: Plannable, settings: PersonSettings): NotificationChannel[] {
  const { type, urgency, channels, isForced = false } = notification;
  return notificationChannels.filter((channel) => {
    const isOffered = channels.includes(channel);
    const decided = settings.switches.get(switchKey(type, channel));
    if (isOffered && urgency === 'CRITICAL') return true;
    return isForced ? isOffered && decided !== false : (decided ?? isOffered);
  });
}

/** Which ways a notification goes, and when: digests are left at once by what is urgent, quiet hours by what is critical. */
export function planDeliveries(notification: Plannable, settings: PersonSettings, now: Date): PlannedDelivery[] {
  const { urgency, timeZone } = notification;
  const mayWait = urgency === 'LOW' || urgency === 'NORMAL';
  return channelsFor(notification, settings).map((channel) => {
    if (channel === 'IN_APP' || urgency === 'CRITICAL') return { channel, dueAt: now, inDigest: false };
    const mode = mayWait ? (settings.digests.get(channel) ?? 'NONE') : 'NONE';
    const collected = collectedUntil(mode, now, timeZone);
    const dueAt = settings.quietHours ? quietUntil(collected, settings.quietHours, timeZone) : collected;
    return { channel, dueAt, inDigest: mode !== 'NONE' };
  });
}

function collectedUntil(mode: DigestMode, now: Date, timeZone: string): Date {
  if (mode === 'HOURLY') return new Date(now.getTime() + HOUR_MS);
  return mode === 'MORNING' ? nextMorning(now, timeZone) : now;
}
