import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { TargetKind } from '../notifications/notification.rules.js';
import { type KeptValues, type Reader, writeOut } from './values.js';

/** A notification as somebody reads it. All of it is plain text: whoever writes HTML escapes it. */
export interface Rendered {
  /** One line; also the subject of a mail. */
  title: string;
  body: string;
  /** Title and body as one short message. */
  sms: string;
}

/** Writes a notification in the reader's language, with dates in their zone. */
export function render(messages: Messages, type: string, values: KeptValues, reader: Reader): Rendered {
  const filled = writeOut(values, reader, messages);
  const text = (part: string): string | null => {
    const key = `notification.${type}.${part}`;
    const found = messages(reader.locale, key, filled);
    return found === key ? null : found;
  };
  // A type that the catalogue had once; its row is still read.
  const title = text('title') ?? messages(reader.locale, 'notification.unknown');
  const body = text('body') ?? '';
  return { title, body, sms: text('sms') ?? asOne(title, body) };
}

/** What a button says that leads to a target, such as "Open the lesson". */
export function actionLabel(messages: Messages, kind: TargetKind, locale: string): string {
  return messages(locale, `notification.action.${kind}`);
}

/** What a type is called where people choose of what they hear. */
export function typeTitle(messages: Messages, type: string, locale: string): string {
  return messages(locale, `notification.${type}.about`);
}

function asOne(title: string, body: string): string {
  return body ? `${title}${/[.!?…]$/.test(title) ? '' : '.'} ${body}` : title;
}
