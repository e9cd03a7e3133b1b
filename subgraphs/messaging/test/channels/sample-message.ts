import { newId } from '@tutorgraph/kit/database/id';
import { createLogger } from '@tutorgraph/kit/telemetry/logger';
import type { Contact } from '../../src/accounts/contacts.js';
import type { OutgoingMessage } from '../../src/channels/channel.js';

/** Somebody who can be reached on every channel. */
export const contact: Contact = {
  displayName: 'Anna K.',
  email: 'anna@mail.example',
  phone: '+79991234567',
  telegramId: '4711',
  locale: 'en',
  timeZone: 'UTC',
};

/** Somebody who can be reached nowhere. */
export const nowhere: Contact = { ...contact, email: null, phone: null, telegramId: null };

/** A message of its own. */
export function message(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    deliveryId: newId(),
    userId: newId(),
    locale: 'en',
    title: 'A lesson',
    body: 'Your lesson begins soon.',
    url: null,
    urgency: 'NORMAL',
    ...changes,
  };
}

/** All that a log line, a stack or a job's output would hold of an error. */
export function everythingOf(error: unknown): string {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  createLogger({ service: 'test', destination }).error({ err: error }, 'not sent');
  const { stack, cause } = error as Error;
  return `${lines.join()}${stack}${cause instanceof Error ? cause.stack : ''}${JSON.stringify(error)}`;
}
