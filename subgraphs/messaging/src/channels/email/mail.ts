/** A mail to one person. */
export interface Mail {
  /** An address alone, without a name. */
  to: string;
  /** The person's name, in any script. */
  toName?: string | undefined;
  /** One line, in any script. */
  subject: string;
  text: string;
  /** The same as `text` for readers that show HTML. */
  html?: string | undefined;
  /** A UUID that stays the same over all tries to deliver the mail; its Message-ID is made of it. */
  messageId: string;
  /** A page on which the person says what mails they want. */
  unsubscribeUrl?: string | undefined;
}

/** A mail address alone: one `@`, nothing that separates, quotes or ends. */
export const MAIL_ADDRESS = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/u;
