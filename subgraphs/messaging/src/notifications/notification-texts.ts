import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import { type Rendered, render } from '../catalogue/render.js';
import { linkTo } from './link.rules.js';
import type { Notification } from './notification.entity.js';

/** What notifications say to whoever reads them in the inbox. */
export class NotificationTexts {
  private readonly rendered = new WeakMap<Notification, Map<string, Rendered>>();

  constructor(
    private readonly messages: Messages,
    private readonly appUrl: string | undefined,
  ) {}

  /** Title and body in the viewer's language; written once for all fields of one notification. */
  of({ locale }: RequestContext, notification: Notification): Rendered {
    const known = this.rendered.get(notification) ?? new Map<string, Rendered>();
    this.rendered.set(notification, known);
    const { type, values, timeZone } = notification;
    const rendered = known.get(locale) ?? render(this.messages, type, values, { locale, timeZone });
    known.set(locale, rendered);
    return rendered;
  }

  /** Where it leads; null when nowhere. */
  linkOf(notification: Notification): string | null {
    return linkTo(this.appUrl, notification);
  }
}
