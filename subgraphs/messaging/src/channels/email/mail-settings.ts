import { EnvironmentError, type readEnvironment } from '@tutorgraph/kit/environment/environment';
import { z } from 'zod';
import { MAIL_ADDRESS } from './mail.js';
import { SmtpMailer } from './smtp-mailer.js';

const NAMED_ADDRESS = /^\s*"?([^"<>\r\n]*?)"?\s*<([^<>]+)>\s*$/u;

/** Who a mail is from. */
export interface Sender {
  name: string;
  address: string;
}

const sender = z.string().transform((text, context): Sender => {
  const [, name = '', address = text.trim()] = NAMED_ADDRESS.exec(text) ?? [];
  if (MAIL_ADDRESS.test(address)) return { name, address };
  context.addIssue('must be a mail address, such as: Tutorgraph <no-reply@example.com>');
  return z.NEVER;
});

const smtpUrl = z.url({
  protocol: /^smtps?$/,
  error: 'must be smtps://user:password@host, or smtp:// for a server that begins without TLS',
});

/** Settings of mails. */
export const mailSettings = {
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: sender.optional(),
} satisfies z.ZodRawShape;

type MailEnvironment = ReturnType<typeof readEnvironment<typeof mailSettings>>;

/** The mail server of the settings, if they name one. @throws EnvironmentError when half of them is missing */
export function openMailer({ SMTP_URL: url, MAIL_FROM: from }: MailEnvironment): SmtpMailer | undefined {
  if (!url) return undefined;
  if (!from) {
    throw new EnvironmentError('SMTP_URL is set, so set MAIL_FROM as well, such as: Us <no-reply@example.com>');
  }
  return new SmtpMailer({ url, from });
}
