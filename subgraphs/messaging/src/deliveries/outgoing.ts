import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { Contact } from '../accounts/contacts.js';
import { render } from '../catalogue/render.js';
import type { OutgoingMessage } from '../channels/channel.js';
import type { OutsideChannel } from '../channels/channel.rules.js';
import { linkTo, linkToInbox } from '../notifications/link.rules.js';
import type { Notification } from '../notifications/notification.entity.js';
import type { Urgency } from '../notifications/notification.rules.js';
import { priorityOf } from './delivery.rules.js';

/** Where texts and links come from. */
interface OutgoingOptions {
  messages: Messages;
  /** Address of the app for people; no links without it. */
  appUrl: string | undefined;
}

/** Writes messages in the language and zone that people have now. */
export class OutgoingWriter {
  constructor(private readonly options: OutgoingOptions) {}

  /** One notification, or several together. @param id stays the same at every try */
  write(
    id: string,
    channel: OutsideChannel,
    notifications: readonly [Notification, ...Notification[]],
    contact: Contact,
  ): OutgoingMessage {
    const [only, ...more] = notifications;
    return more.length === 0
      ? this.single(id, channel, only, contact)
      : this.several(id, channel, notifications, contact);
  }

  private single(id: string, channel: OutsideChannel, notification: Notification, contact: Contact): OutgoingMessage {
    const { userId, urgency, type } = notification;
    const { title, body, sms } = this.render(notification, contact);
    return {
      deliveryId: id,
      userId,
      locale: contact.locale,
      title,
      body: channel === 'SMS' ? sms : body,
      url: linkTo(this.options.appUrl, notification),
      urgency,
      data: { type, notificationId: notification.id, ...targetOf(notification) },
    };
  }

  private several(
    id: string,
    channel: OutsideChannel,
    notifications: readonly [Notification, ...Notification[]],
    contact: Contact,
  ): OutgoingMessage {
    const { messages, appUrl } = this.options;
    const { locale } = contact;
    const title = messages(locale, 'digest.title', { count: notifications.length });
    const texts = notifications.map((notification) => this.render(notification, contact));
    const paragraphs = texts.map((text) => (channel === 'SMS' ? text.title : `${text.title}\n${text.body}`));
    return {
      deliveryId: id,
      userId: notifications[0].userId,
      locale,
      title,
      body: channel === 'SMS' ? [title, ...paragraphs].join('\n') : paragraphs.join('\n\n'),
      url: linkToInbox(appUrl),
      urgency: mostUrgent(notifications),
      data: { type: 'DIGEST', count: String(notifications.length) },
    };
  }

  private render({ type, values }: Notification, { locale, timeZone }: Contact) {
    return render(this.options.messages, type, values, { locale, timeZone });
  }
}

function targetOf({ targetKind, targetId }: Notification): Record<string, string> {
  return targetKind && targetId ? { targetKind, targetId } : {};
}

function mostUrgent(notifications: readonly [Notification, ...Notification[]]): Urgency {
  return notifications.reduce(
    (most, { urgency }) => (priorityOf(urgency) < priorityOf(most) ? urgency : most),
    notifications[0].urgency,
  );
}
