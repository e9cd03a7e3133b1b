import { chooseLocale } from '@tutorgraph/kit/messages/languages';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { layoutMail, type MailLayoutOptions } from '../channels/email/mail-layout.js';
import { notificationType, notificationTypes } from './catalogue.js';
import type { NotificationKind, NotificationPreview } from './catalogue.types.js';
import { render, typeTitle } from './render.js';
import type { Reader } from './values.js';

/** A delivery that there is not. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** Of what people may hear, and what it looks like. */
export class CatalogueService {
  private readonly messages: Messages;

  /** @param layout what is written around mails */
  constructor(private readonly layout: MailLayoutOptions) {
    this.messages = layout.messages;
  }

  /** Every kind, in the order in which people choose of what they hear. */
  all(locale: string): NotificationKind[] {
    return notificationTypes.map(({ type, description, urgency, channels }) => {
      return { type, title: typeTitle(this.messages, type, locale), description, urgency, channels: [...channels] };
    });
  }

  /** What a kind looks like, once for each way in which its texts differ. A language that is not there is English. */
  preview(type: string, reader: Reader): NotificationPreview[] {
    const locale = chooseLocale(reader.locale, undefined);
    const { samples = [], urgency = 'NORMAL' } = notificationType(type) ?? {};
    return samples.map((values) => {
      const { title, body, sms } = render(this.messages, type, values, { ...reader, locale });
      const message = { deliveryId: NOWHERE, userId: NOWHERE, locale, title, body, url: null, urgency };
      return { title, body, sms, html: layoutMail(message, this.layout).html };
    });
  }
}
