/** What every message has, whatever its channel. */
interface Message {
  /** A mail address alone, without a name; a phone number in E.164. */
  to: string;
  text: string;
  /**
   * A UUID that stays the same over all tries to deliver one message. A mail carries it in its Message-ID, so that a
   * repeated delivery can be told; the development mailbox keeps such a message once. @default a new one
   */
  messageId?: string | undefined;
  /** Whose message it is. The development mailbox notes it, so that erasing the person finds it. */
  userId?: string | undefined;
}

/** A mail to one person. */
export interface Mail extends Message {
  /** The person's name, in any script. */
  toName?: string | undefined;
  /** One line, in any script. */
  subject: string;
  /** The same as `text` for readers that show HTML. */
  html?: string | undefined;
}

/** A text message to one phone. */
export type Sms = Message;

/** Hands mails over to whoever delivers them. */
export interface Mailer {
  /**
   * Settles once the mail was taken over, within 30 seconds. Does not try again itself: a job does. Throws inside an open
   * database transaction.
   *
   * @throws DeliveryError
   */
  send(mail: Mail): Promise<void>;
}

/** Hands text messages over to whoever delivers them. */
export interface SmsSender {
  /**
   * Settles once the message was taken over, within 15 seconds. Does not try again itself: a job does. Throws inside an
   * open database transaction.
   *
   * @throws DeliveryError
   */
  send(sms: Sms): Promise<void>;
}
