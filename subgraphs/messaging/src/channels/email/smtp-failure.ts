import { type DeliveryError, refused, unavailable } from '../delivery-error.js';

/** Commands whose refusal is about this recipient or this text; all others are about us or the server. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);
const COMMAND = /^[A-Z][A-Z0-9 -]{2,20}$/;
const OF_CERTIFICATES = /CERT|ISSUER|^ERR_(TLS|SSL)_/;
const ENHANCED_STATUS = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/;

/** What nodemailer notes on its errors. */
interface Facts {
  code: string;
  /** The server's three digits; 0 when it did not answer. */
  status: number;
  /** The command that was answered, such as `RCPT TO`. */
  command: string;
}

/** The facts of a failure without what the server said in words: servers repeat the address and parts of the text. */
class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure';
  readonly code: string;
  readonly status: number;

  constructor(facts: Facts, detail: string) {
    super([facts.code, facts.status || '', detail, facts.command && `at ${facts.command}`].filter(Boolean).join(' '));
    this.code = facts.code;
    this.status = facts.status;
  }
}

/** What an error of nodemailer means for whoever wanted the mail sent. */
export function readSmtpFailure(error: unknown): DeliveryError {
  const facts: Facts = {
    code: textOf(error, 'code') || 'UNKNOWN',
    status: Number(Reflect.get(Object(error), 'responseCode')) || 0,
    command: COMMAND.exec(textOf(error, 'command'))?.[0] ?? '',
  };
  const enhanced = ENHANCED_STATUS.exec(textOf(error, 'response'))?.[1];
  const detail = enhanced ?? (textOf(error, 'originalCode') || textOf(error, 'timeoutType'));
  const cause = new SmtpFailure(facts, detail);
  if (Reflect.get(Object(error), 'permanent') === true && ABOUT_THE_MAIL.has(facts.command)) {
    const reason = isAddressGone(facts, enhanced) ? 'HARD_BOUNCE' : 'REFUSED';
    return refused(reason, 'The mail server refuses this mail for good', { cause });
  }
  return unavailable(adviceFor(facts, detail), { cause });
}

/**
 * Does the server say that there is no such mailbox? A full one, or one that does not want this text, may take the next
 * mail. By RFC 3463 `5.1.x` is about the address and `5.2.1` a mailbox that was closed; servers without such a status say it
 * with 550, 551 or 553 to the recipient.
 */
function isAddressGone({ command, status }: Facts, enhanced: string | undefined): boolean {
  if (command !== 'RCPT TO') return false;
  return enhanced ? /^5\.(1\.\d+|2\.1)$/.test(enhanced) : [550, 551, 553].includes(status);
}

function adviceFor({ code, status }: Facts, detail: string): string {
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return 'The mail server does not accept user and password; correct SMTP_URL';
  }
  if (code === 'ETLS' || OF_CERTIFICATES.test(detail)) {
    return 'The mail server gives no trustworthy TLS; correct SMTP_URL or its certificate';
  }
  if (status > 0) return 'The mail server does not take the mail now; it can be tried again';
  return 'The mail server did not answer as it should; it can be tried again';
}

function textOf(error: unknown, key: string): string {
  const value: unknown = Reflect.get(Object(error), key);
  return typeof value === 'string' ? value : '';
}
