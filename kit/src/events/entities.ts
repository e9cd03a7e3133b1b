import { DeadLetter, Inbox } from './inbox.entity.js';
import { Outbox, OutboxRelay } from './outbox.entity.js';

/** Tables that every room with events has, in its own schema. */
export const eventEntities = [Outbox, OutboxRelay, Inbox, DeadLetter];
