import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../database/id.js';
import { assertOutsideTransaction, transaction } from '../database/transaction.js';
import { type Channel, DevelopmentMessage } from './development-message.entity.js';
import type { Mail, Mailer, Sms, SmsSender } from './message.js';

/** So many messages are kept; older ones go. */
export const MESSAGES_KEPT = 200;

/** Takes messages of one channel instead of sending them, for whoever develops to read. */
export class DevelopmentMailbox implements Mailer, SmsSender {
  constructor(
    private readonly em: EntityManager,
    private readonly channel: Channel,
  ) {}

  async send(message: Mail | Sms): Promise<void> {
    assertOutsideTransaction('The development mailbox');
    await transaction(this.em, async (tx) => {
      const row = {
        id: message.messageId ?? newId(),
        channel: this.channel,
        recipient: message.to,
        subject: 'subject' in message ? message.subject : null,
        text: message.text,
        userId: message.userId ?? null,
        createdAt: new Date(),
      };
      await tx.upsert(DevelopmentMessage, row, { onConflictFields: ['id'], onConflictAction: 'ignore' });
      const order = { createdAt: 'desc', id: 'desc' } as const;
      const old = await tx.find(DevelopmentMessage, {}, { orderBy: order, offset: MESSAGES_KEPT, fields: ['id'] });
      if (old.length > 0) await tx.nativeDelete(DevelopmentMessage, { id: { $in: old.map(({ id }) => id) } });
    });
  }
}
