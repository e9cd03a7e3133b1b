import type { Contact } from '../accounts/contacts.js';
import type { Urgency } from '../notifications/notification.rules.js';
import type { OutsideChannel } from './channel.rules.js';

/** What a person is told, in their language. */
export interface OutgoingMessage {
  /** A UUID that stays the same over all tries, so that a repeated delivery can be told wherever a provider can tell. */
  deliveryId: string;
  userId: string;
  /** The language of the texts. */
  locale: string;
  /** One line: a mail's subject, the first line elsewhere. */
  title: string;
  /** Paragraphs with empty lines between them; of a text message all that is sent. */
  body: string;
  /** Where it leads. */
  url: string | null;
  /** The body of a mail for readers that show HTML, our layout goes around it. @default made of the body */
  html?: string;
  urgency: Urgency;
  /** How many notifications are unread, for the app's icon. */
  badge?: number;
  /** For the app that gets a push. */
  data?: Record<string, string>;
  /** The person asked for it just now, as for a code: it is tried also where an earlier message could not arrive. */
  isAskedFor?: boolean;
}

/** What became of a message that was taken. */
export interface SendResult {
  /** SENT: taken over by a provider; DELIVERED: it has arrived. */
  status: 'SENT' | 'DELIVERED';
  /** By which the provider reports on it later. */
  providerMessageId?: string;
}

/** One way to reach people. */
export interface Channel {
  readonly name: OutsideChannel;
  /**
   * Settles once the message was taken over, within 30 seconds. Does not try again itself: a job does. Throws inside an
   * open database transaction.
   *
   * @throws DeliveryError DELIVERY_REFUSED with its reason, or DELIVERY_UNAVAILABLE
   */
  send(message: OutgoingMessage, contact: Contact): Promise<SendResult>;
}

/** The ways to reach people that this installation has. */
export interface Channels {
  /** Undefined where nobody can be reached so: in production without its settings. */
  get(name: OutsideChannel): Channel | undefined;
  /** Do messages of any channel go to the development mailbox, for whoever develops to read? Never in production. */
  usesMailbox: boolean;
  /** Ends what is open; call it when nothing is being sent any more. */
  close(): Promise<void>;
}
