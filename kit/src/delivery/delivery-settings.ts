import { z } from 'zod';

/** A mail address alone: one `@`, nothing that separates, quotes or ends. */
export const MAIL_ADDRESS = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/u;
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

/** Settings of everything that sends messages. */
export const deliverySettings = {
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: sender.optional(),
  TWILIO_ACCOUNT_SID: z.string().startsWith('AC', 'must be the account’s SID, which begins with AC').optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().optional(),
  TWILIO_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
} satisfies z.ZodRawShape;
