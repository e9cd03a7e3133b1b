import type { Messages } from '@tutorgraph/kit/messages/messages';

/** One text of several paragraphs. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.join('\n\n');
}

/** A mail in a person's language, from the messages `<key>.subject` and `<key>.text`. */
export function mailText(
  messages: Messages,
  locale: string,
  key: string,
  values: Record<string, string | number> = {},
): { subject: string; text: string } {
  const body = messages(locale, `${key}.text`, values);
  return { subject: messages(locale, `${key}.subject`, values), text: messages(locale, 'mail.text', { body }) };
}
