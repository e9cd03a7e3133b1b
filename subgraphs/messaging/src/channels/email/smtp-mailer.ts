import { assertOutsideTransaction } from '@tutorgraph/kit/database/transaction';
import type { Transporter } from 'nodemailer';
import { refused } from '../delivery-error.js';
import { MAIL_ADDRESS, type Mail } from './mail.js';
import type { Sender } from './mail-settings.js';
import { readSmtpFailure } from './smtp-failure.js';

/** Which server takes the mails, and how long it may take. */
export interface SmtpMailerOptions {
  /**
   * `smtps://` (port 465) begins with TLS, `smtp://` (port 587) upgrades to it where the server can. User and password are
   * part of it; they are never sent without TLS.
   */
  url: string;
  from: Sender;
  /** Milliseconds for one mail in all, waiting for a free connection included. @default 30000 */
  budgetMs?: number;
  /** Milliseconds for each of: connecting, the greeting, a silence of the server. @default 10000 */
  silenceMs?: number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f\u2028\u2029]/u;

/** Sends mails over SMTP on a few connections that stay open. */
export class SmtpMailer {
  private opening: Promise<Transporter> | undefined;

  constructor(private readonly options: SmtpMailerOptions) {}

  /**
   * Settles once the mail was taken over, within 30 seconds.
   *
   * @throws DeliveryError; Error inside an open database transaction
   */
  async send(mail: Mail): Promise<void> {
    assertOutsideTransaction('SMTP');
    refuseUnfit(mail);
    const { from, budgetMs = 30_000 } = this.options;
    const { to, toName = '', subject, text, html, messageId, unsubscribeUrl } = mail;
    this.opening ??= openPool(this.options);
    const pool = await this.opening;
    try {
      await pool.sendMail({
        from,
        to: { name: toName, address: to },
        subject,
        text,
        html,
        messageId: `<${messageId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
        // Out-of-office robots leave such mails alone.
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(unsubscribeUrl && { list: { unsubscribe: unsubscribeUrl } }),
        signal: AbortSignal.timeout(budgetMs),
      });
    } catch (error) {
      throw readSmtpFailure(error);
    }
  }

  /** Ends the connections; call it when nothing is being sent any more. */
  async close(): Promise<void> {
    const pool = await this.opening;
    pool?.close({ force: true });
  }
}

/** Loaded at the first mail only: most who start this send none. */
async function openPool({ url, silenceMs = 10_000 }: SmtpMailerOptions): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  const { protocol, hostname, port, username, password } = new URL(url);
  const auth = username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;
  return createTransport({
    pool: true,
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port && { port: Number(port) }),
    secure: protocol === 'smtps:',
    ...(auth && { auth, requireTLS: true }),
    // A connection that the server has closed meanwhile is replaced once; all else is for the caller to repeat.
    maxRequeues: 1,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    dnsTimeout: silenceMs,
  });
}

/** A line break or a second address would let a text write headers or reach others. */
function refuseUnfit({ to, toName = '', subject }: Mail): void {
  if (!MAIL_ADDRESS.test(to)) throw refused('NO_ADDRESS', 'The recipient is not one mail address');
  if (CONTROL_CHARACTERS.test(`${to}${toName}${subject}`)) {
    throw refused('REFUSED', 'The subject or a name of the mail holds a line break');
  }
}
